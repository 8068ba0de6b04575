// A broker that dies and comes back: the engine's part is to take over anew.
#include <gmock/gmock.h>

#include <future>

#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_reading.h"
#include "tests/support/must.h"
#include "workers/log/kafka/kafka_log.h"

namespace casetrail::kafka {
namespace {

using testing::ElementsAre;

TEST(KafkaRestart, ABatchThatTheBrokersDeathInterruptsIsUnknownAndTheFenceSucceedsLater) {
  OwnBroker broker;
  auto options = fresh_options(broker.address());
  options.session_timeout = Duration{2'000};
  options.call_timeout = Duration{1'000};
  const auto log = open_with_topics(options, 1);
  const auto member = must(log->join(std::string(log::kCommandGroup), log::Topic::commands, "member"));
  ASSERT_THAT(poll_until_assigned(*member, 1), ElementsAre(0));
  const ControlThread control(*member);
  const auto writer = log->open_writer(0);
  must(writer->fence());
  const auto batch = [](const std::string& value) {
    return std::vector<log::Outgoing>{
        {log::Topic::events, {"case", value, {}, from_epoch_ms(1'700'000'000'000)}}};
  };
  ASSERT_EQ(writer->commit(batch("before"), 1, member->generation()).outcome, log::CommitOutcome::committed);

  const auto generation = member->generation();
  broker.kill();
  EXPECT_EQ(writer->commit(batch("during"), 2, generation).outcome, log::CommitOutcome::unknown);
  EXPECT_EQ(writer->commit(batch("during"), 2, generation).outcome, log::CommitOutcome::unknown)
      << "not before the fence";
  broker.start();

  auto fenced = writer->fence();
  for (int i = 0; i < 3 && !fenced; ++i) fenced = writer->fence();
  ASSERT_TRUE(fenced) << fenced.error().what;
}

TEST(KafkaRestart, ReadersAndAppendsGoOnWhereTheyWere) {
  const OwnBroker broker;
  auto options = fresh_options(broker.address());
  options.properties.emplace_back("message.timeout.ms", "300000");  // a loaded machine starts it in a minute
  const auto log = open_with_topics(options, 1);
  const auto append = [&](const std::string& value) {
    return log::append_and_wait(*log, log::Topic::commands, 0, {"case", value, {}, {}});
  };
  const auto reader = log->open_reader(log::Topic::commands);
  must(reader->start(0, 0));
  std::vector<std::string> seen;
  const auto read_until = [&](std::size_t count) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (seen.size() < count && std::chrono::steady_clock::now() < deadline) {
      const auto records = reader->read(10, Duration{50});
      if (!records) continue;  // the broker is away
      for (const log::Record& record : *records) seen.emplace_back(record.message.value);
    }
  };
  must(append("before"));
  read_until(1);
  broker.kill();
  auto answer = std::async(std::launch::async, append, "while it was away");
  broker.start();
  must(answer.get());
  must(append("after"));
  read_until(3);
  EXPECT_THAT(seen, ElementsAre("before", "while it was away", "after"));
}

TEST(KafkaRestart, TheBoundsOfADeadBrokerAreUnavailableInTime) {
  OwnBroker broker;
  auto options = fresh_options(broker.address());
  options.call_timeout = Duration{1'000};
  const auto log = open_with_topics(options, 1);
  must(log->bounds(log::Topic::events, 0));
  broker.kill();
  auto answer = std::async(std::launch::async, [&] { return log->bounds(log::Topic::events, 0); });
  const auto in_time = answer.wait_for(std::chrono::seconds(20)) == std::future_status::ready;
  broker.start();  // else a call that waits for the broker would never come back
  EXPECT_TRUE(in_time);
  const auto bounds = answer.get();
  ASSERT_FALSE(bounds);
  EXPECT_EQ(bounds.error().failure, log::LogFailure::unavailable);
}

}  // namespace
}  // namespace casetrail::kafka
