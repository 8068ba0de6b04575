// One import on both logs, by the binary as it is: the boards are the same to the byte, but for their
// offsets.
#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>

#include "tests/support/kafka_broker.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"
#include "tests/workers/import/samples.h"

namespace casetrail::test {
namespace {

using Words = std::vector<std::string>;

struct Import {
  std::filesystem::path file;
  std::filesystem::path mapping;
  int exit_code = 0;  ///< 1: some rows cannot be mapped
};

/// What the binary prints, run on `log` in the folder `data`.
std::string told(Words words, const Words& log, const std::filesystem::path& data, int exit_code = 0) {
  words.insert(words.begin(), CASETRAIL_BINARY);
  words.insert(words.end(), {"--data", data.string()});
  words.insert(words.end(), log.begin(), log.end());
  const auto ran = run_program(words);
  EXPECT_EQ(ran.exit_code, exit_code) << testing::PrintToString(words) << "\n" << ran.err;
  return ran.out;
}

/// The JSON of every board at one moment, after `import`, without its offsets.
std::string boards_after(const Import& import, const Words& log) {
  const TemporaryFolder folder;
  if (!log.empty()) told({"topics", "create"}, log, folder.path());
  told({"import", "csv", import.file.string(), "--mapping", import.mapping.string()}, log, folder.path(),
       import.exit_code);
  std::string boards;
  for (const auto* view : {"handoff", "follow_up", "review"}) {
    auto board = told({"board", view, "--json", "--at", "2026-11-23T08:00:00Z", "--limit", "1000000"}, log,
                      folder.path());
    const std::regex offsets(R"("offsets":\{[^}]*\})");
    EXPECT_TRUE(std::regex_search(board, offsets)) << board.substr(0, 200);
    boards += std::regex_replace(board, offsets, "");
  }
  return boards;
}

void expect_same_boards(const Import& import, const std::string& expected_total) {
  const OwnBroker broker;
  const auto embedded = boards_after(import, {});
  EXPECT_NE(embedded.find(expected_total), std::string::npos) << embedded.substr(0, 400);
  const auto on_kafka = boards_after(import, {"--brokers", broker.address()});
  EXPECT_TRUE(embedded == on_kafka) << "embedded: " << embedded.substr(0, 2'000)
                                    << "\non Kafka: " << on_kafka.substr(0, 2'000);
}

TEST(TwoLogs, ASampleMakesTheSameBoards) {
  expect_same_boards({sample("incidents.csv"), servicenow_mapping(), 1}, R"("cases":3,)");
}

/// Two minutes and more on each log in an unoptimised build, so it is asked for by name.
TEST(TwoLogs, TheServiceNowLogMakesTheSameBoards) {
  if (std::getenv("CASETRAIL_WHOLE_IMPORT") == nullptr)
    GTEST_SKIP() << "the whole import takes minutes: set CASETRAIL_WHOLE_IMPORT to run it";
  const char* named = std::getenv("CASETRAIL_ACCEPTANCE_DATA");
  const std::filesystem::path folder = named != nullptr ? named : repository() / "../shared/data";
  if (!std::filesystem::exists(folder / "servicenow_incidents.csv.gz")) {
    GTEST_SKIP()
        << "the ServiceNow log is not beside this checkout (set CASETRAIL_ACCEPTANCE_DATA to its folder)";
  }
  expect_same_boards({folder / "servicenow_incidents.csv.gz", servicenow_mapping(), 0}, R"("cases":24918,)");
}

}  // namespace
}  // namespace casetrail::test
