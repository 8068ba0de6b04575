// A transaction whose end the brokers have lost: the commands that the engine names free its partitions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <regex>
#include <string>

#include "tests/support/engine_process.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_zombie.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace casetrail::crash {
namespace {

using testing::HasSubstr;

class HangingTransaction : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(engine_.data());
    const auto created =
        test::run_program({CASETRAIL_BINARY, "topics", "create", "--data", (folder_.path() / "data").string(),
                           "--brokers", broker_.address()});
    ASSERT_EQ(created.exit_code, 0) << created.err;
  }

  /// One with an event and an input position, as the engine's own have them.
  void leave_one() const {
    kafka::KafkaOptions options;
    options.brokers = broker_.address();
    Zombie zombie(options, log::Topic::events, 0, "{}", "somebody");
    zombie.take_input(std::string(log::kCommandGroup), "casetrail.commands", 0);
    broker_.kill();
    broker_.forget_transactions();
    broker_.start();
  }

  [[nodiscard]] std::string lag() const {
    return test::run_program({CASETRAIL_BINARY, "lag", "--json", "--data", engine_.data().string(),
                              "--brokers", broker_.address()})
        .out;
  }

  /// Runs the remedy in `sentence` as an operator would, who fills in its two blanks.
  [[nodiscard]] test::Ran run_remedy(const std::string& sentence) const {
    std::smatch remedy;
    if (!std::regex_search(sentence, remedy, std::regex("`([^`]*)`"))) return {};
    write_kafka_script(folder_.path() / "kafka-transactions.sh",
                       "org.apache.kafka.tools.TransactionsCommand");
    const auto path = folder_.path().string() + ":" + std::getenv("PATH");
    const auto with_address = std::regex_replace(remedy.str(1), std::regex("BROKER"), broker_.address());
    return test::run_program({"/usr/bin/env", "PATH=" + path, "sh", "-c",
                              std::regex_replace(with_address, std::regex("IDS"), "1")});
  }

  OwnBroker broker_;
  TemporaryFolder folder_;
  EngineProcess engine_{folder_.path() / "data", {"--brokers", broker_.address()}};
};

TEST_F(HangingTransaction, IsEndedByTheCommandsThatAreNamed) {
  leave_one();
  engine_.launch();
  const auto named = engine_.not_ready_for("holds casetrail.events/0");
  EXPECT_THAT(lag(), HasSubstr("holds casetrail.events/0"));
  const auto ran = run_remedy(named);
  EXPECT_EQ(ran.exit_code, 0) << named << ran.out << ran.err;
  engine_.wait_until_ready();
  EXPECT_EQ(engine_.stop(), 0) << engine_.said();
}

}  // namespace
}  // namespace casetrail::crash
