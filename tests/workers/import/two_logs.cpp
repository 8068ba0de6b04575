// By the binary as it is.
#include "tests/workers/import/two_logs.h"

#include <gtest/gtest.h>

#include <regex>
#include <vector>

#include "tests/support/kafka_broker.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace casetrail::test {
namespace {

using Words = std::vector<std::string>;

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
    auto board = told({"board", view, "--json", "--now", "2026-11-23T08:00:00Z", "--limit", "1000000"}, log,
                      folder.path());
    const std::regex offsets(R"("offsets":\{[^}]*\})");
    EXPECT_TRUE(std::regex_search(board, offsets)) << board.substr(0, 200);
    boards += std::regex_replace(board, offsets, "");
  }
  return boards;
}

}  // namespace

void expect_same_boards(const Import& import, const std::string& expected) {
  const auto embedded = boards_after(import, {});
  EXPECT_NE(embedded.find(expected), std::string::npos) << embedded.substr(0, 400);
  const auto on_kafka = boards_after(import, words_for(fresh_options(shared_brokers())));
  EXPECT_TRUE(embedded == on_kafka) << "embedded: " << embedded.substr(0, 2'000)
                                    << "\non Kafka: " << on_kafka.substr(0, 2'000);
}

}  // namespace casetrail::test
