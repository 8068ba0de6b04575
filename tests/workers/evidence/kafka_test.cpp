// A chain on a real broker: linked over restarts and aborted transactions, and the port's promises.
#include <gmock/gmock.h>

#include "tests/support/event_writer.h"
#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_topics.h"
#include "tests/support/must.h"
#include "tests/support/random_event.h"
#include "tests/workers/evidence/attacks.h"
#include "tests/workers/evidence/checked_log.h"
#include "tests/workers/log/conformance.h"
#include "workers/evidence/chained_log.h"
#include "workers/log/kafka/kafka_log.h"

namespace casetrail::evidence {
namespace {

using testing::IsEmpty;

std::unique_ptr<log::EventLog> chained_on_kafka(const kafka::KafkaOptions& options) {
  return chain_log(open_with_topics(options, log::kConformancePartitions));
}

class ChainedKafka final : public log::LogUnderTest {
 public:
  std::unique_ptr<log::EventLog> open() override { return chained_on_kafka(options_); }
  void recreate() override { delete_topics(options_); }

 private:
  kafka::KafkaOptions options_ = fresh_options(shared_brokers());
};

const auto kChainedKafka =
    testing::Values(log::TestedLog{"ChainedKafka", [] { return std::make_unique<ChainedKafka>(); }});

using log::LastingLogConformance;
using log::LogConformance;

INSTANTIATE_TEST_SUITE_P(ChainedKafka, LogConformance, kChainedKafka);
INSTANTIATE_TEST_SUITE_P(ChainedKafka, LastingLogConformance, kChainedKafka);

/// Whoever may delete and create topics puts into them what they like.
class KafkaUnderAttack final : public LogUnderAttack {
 public:
  std::unique_ptr<log::EventLog> open() override { return open_with_topics(options_, 1); }

  void replace(const std::vector<Message>& events, const std::vector<Message>& heads) override {
    delete_topics(options_);
    const auto log = open();
    put(*log, log::Topic::events, events);
    put(*log, log::Topic::evidence, heads);
  }

 private:
  static void put(log::EventLog& log, log::Topic topic, const std::vector<Message>& records) {
    for (const auto& record : records) must(log::append_and_wait(log, topic, 0, record));
  }

  kafka::KafkaOptions options_ = fresh_options(shared_brokers());
};

INSTANTIATE_TEST_SUITE_P(Kafka, Attack,
                         testing::Values(AttackedLog{"Kafka",
                                                     [] { return std::make_unique<KafkaUnderAttack>(); }}));

TEST(ChainOnKafka, IsWholeOverProcessesAndTheMarkersBetweenThem) {
  const auto options = fresh_options(shared_brokers());
  for (std::uint64_t process = 1; process <= 3; ++process) {
    const auto log = chained_on_kafka(options);
    EventWriter writer(*log);
    for (std::uint64_t commit = 0; commit < 5; ++commit)
      EXPECT_EQ(writer.commit(random_history(process * 10 + commit, 2, 7)), log::CommitOutcome::committed);
  }
  const auto log = chained_on_kafka(options);
  KnownHeads none;
  const auto check = checked_log(*log, none).front();
  EXPECT_EQ(check.linked(), 105);
  EXPECT_THAT(check.breaks(), IsEmpty());
}

}  // namespace
}  // namespace casetrail::evidence
