// What the runbook says of dead letters, done on an engine that has some.
#include <gtest/gtest.h>

#include <regex>

#include "tests/operations/files.h"
#include "tests/support/command_desk.h"
#include "tests/support/engine_process.h"
#include "tests/support/temporary_folder.h"
#include "workers/api/wall_clock.h"
#include "workers/http/client.h"
#include "workers/log/embedded/embedded_log.h"

namespace casetrail::operations {
namespace {

/// Where the binary keeps its log, with `commands` in it.
void lay(const std::filesystem::path& data, const std::vector<Message>& commands) {
  auto opened = embedded::open_embedded_log({.folder = data / "log"}).value();
  for (const auto& command : commands) {
    const auto home = log::partition_of(command.key, opened.log->partitions());
    EXPECT_TRUE(log::append_and_wait(*opened.log, log::Topic::commands, home, command));
  }
}

Message registration(const std::string& id, const std::string& case_id) {
  auto command = CommandDesk::registration(id, case_id);
  command.occurred_at = api::wall_clock();
  return write_command(command);
}

class Runbook : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(engine_.data());
    std::filesystem::permissions(engine_.data(), std::filesystem::perms::owner_all);
    engine_.start();
    EXPECT_EQ(engine_.stop(), 0);
    auto wrong = registration("l-1", "case-1");
    std::ofstream(folder_.path() / "right.json") << std::exchange(wrong.value, R"({"kind":7})");
    auto unwanted = registration("l-2", "case-2");
    unwanted.value = "{";
    lay(engine_.data(), {wrong, unwanted});
    engine_.start();
  }

  [[nodiscard]] std::string get(const std::string& target) const {
    const auto answer = http::HttpClient::to(engine_.address())
                            ->ask({.method = "GET", .target = target}, std::chrono::seconds(60));
    return answer ? answer->body : answer.error();
  }
  /// The place of the one letter of this case.
  [[nodiscard]] std::string place_of(const std::string& case_id) const {
    static const std::regex kPlace(
        R"x("partition":(\d+),"offset":(\d+),"at":"[^"]*","state":"open","key":"([^"]*)")x");
    const auto listed = get("/v1/deadletters");
    for (std::sregex_iterator letter(listed.begin(), listed.end(), kPlace), end; letter != end; ++letter) {
      if ((*letter)[3] == case_id) return (*letter)[1].str() + ":" + (*letter)[2].str();
    }
    return "none of " + listed;
  }

  TemporaryFolder folder_;
  EngineProcess engine_{folder_.path() / "data", {"--policy", CASETRAIL_EXAMPLE_POLICY}};
};

TEST_F(Runbook, ItsCommandsForDeadLettersEndThem) {
  static const std::regex kBlock("```sh letters\n([^`]+)```");
  const auto blocks = matches(text_of(kDeploy / "runbook.md"), kBlock);
  ASSERT_EQ(blocks.size(), 1U);
  auto commands = *blocks.begin();
  commands = std::regex_replace(commands, std::regex("3:17"), place_of("case-1"));
  commands = std::regex_replace(commands, std::regex("3:18"), place_of("case-2"));
  const auto settings = "set -euo pipefail\ncd " + folder_.path().string() +
                        "\nexport PATH=" + std::filesystem::path(CASETRAIL_BINARY).parent_path().string() +
                        ":$PATH CASETRAIL_DATA=" + engine_.data().string() + "\n";
  const auto ran = test::run_program({"/bin/bash", "-c", settings + commands});
  EXPECT_EQ(ran.exit_code, 0) << commands << ran.out << ran.err;
  const auto all = get("/v1/deadletters?state=all");
  EXPECT_NE(all.find(R"("state":"retried")"), std::string::npos) << all;
  EXPECT_NE(all.find(R"("state":"dropped")"), std::string::npos) << all;
  EXPECT_NE(all.find(R"("open":0)"), std::string::npos) << all;
}

}  // namespace
}  // namespace casetrail::operations
