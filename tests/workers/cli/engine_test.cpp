// The whole engine on a real broker: when it is ready, and when it has to end.
#include "workers/cli/engine.h"

#include <gmock/gmock.h>

#include <thread>

#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_reading.h"
#include "tests/support/kafka_zombie.h"
#include "tests/support/temporary_folder.h"
#include "workers/log/kafka_log.h"

namespace casetrail {
namespace {

using testing::HasSubstr;
using testing::Optional;

class EngineOnKafka : public testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<Engine> start(EventLog& log, const std::string& folder) {
    auto engine = Engine::start(
        log, {.data = folder_.path() / folder, .node = options_.prefix + "n", .memory = default_memory()});
    EXPECT_TRUE(engine) << engine.error();
    return *std::move(engine);
  }
  /// What `ask` says once it says something that `wanted` likes, or at last.
  template <class Answer, class Wanted>
  static Answer ask_until(const std::function<Answer()>& ask, const Wanted& wanted) {
    const auto deadline = std::chrono::steady_clock::now() + 2 * kPatience;
    auto answer = ask();
    while (!wanted(answer) && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(Duration{20});
      answer = ask();
    }
    return answer;
  }

  KafkaOptions options_ = fresh_options(shared_brokers());
  std::unique_ptr<EventLog> log_ = open_with_topics(options_, 2);
  TemporaryFolder folder_;
};

using Sentence = std::optional<std::string>;

TEST_F(EngineOnKafka, IsNotReadyWhileAPartitionWaitsForTheEndOfATransactionAndReadyAgainAfter) {
  Zombie stranger(options_, Topic::events, 1, "undecided", options_.prefix + "stranger");
  const auto engine = start(*log_, "one");
  const std::function<Sentence()> not_ready = [&] { return engine->not_ready(); };
  const auto waits = ask_until(not_ready, [](const Sentence& why) {
    return why && why->find("open transaction") != std::string::npos;
  });
  EXPECT_THAT(waits, Optional(HasSubstr("Command partition 1 is taking_over")));
  EXPECT_EQ(stranger.commit(), "committed");
  EXPECT_EQ(ask_until(not_ready, [](const Sentence& why) { return !why; }), std::nullopt);
}

TEST_F(EngineOnKafka, IsNotReadyWhenAnotherWriterTookAPartitionAndTakesItAgain) {
  const auto engine = start(*log_, "one");
  const std::function<Sentence()> not_ready = [&] { return engine->not_ready(); };
  ASSERT_EQ(ask_until(not_ready, [](const Sentence& why) { return !why; }), std::nullopt);
  ASSERT_TRUE(log_->open_writer(1)->fence());
  ASSERT_TRUE(append_and_wait(*log_, Topic::commands, 1, {"case", "{}", {}, from_epoch_ms(1)}));
  EXPECT_NE(ask_until(not_ready, [](const Sentence& why) { return why.has_value(); }), std::nullopt);
  EXPECT_EQ(ask_until(not_ready, [](const Sentence& why) { return !why; }), std::nullopt);
}

TEST_F(EngineOnKafka, IsOverWhenAnotherProcessTakesItsName) {
  const auto first = start(*log_, "one");
  const std::function<Sentence()> not_ready = [&] { return first->not_ready(); };
  ASSERT_EQ(ask_until(not_ready, [](const Sentence& why) { return !why; }), std::nullopt);
  const auto other_log = open_with_topics(options_, 2);
  const auto second = start(*other_log, "two");
  const std::function<Sentence()> over = [&] { return first->over(); };
  EXPECT_THAT(ask_until(over, [](const Sentence& why) { return why.has_value(); }),
              Optional(HasSubstr("remove the file 'node'")));
  EXPECT_THAT(first->not_ready(), Optional(HasSubstr("remove the file 'node'")));
  EXPECT_EQ(second->over(), std::nullopt);
}

}  // namespace
}  // namespace casetrail
