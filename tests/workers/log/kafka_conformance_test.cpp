// The Kafka adapter keeps the port's promises on a real broker.
#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_topics.h"
#include "tests/workers/log/conformance.h"
#include "workers/log/kafka_log.h"

namespace casetrail {
namespace {

class KafkaUnderTest final : public LogUnderTest {
 public:
  std::unique_ptr<EventLog> open() override { return open_with_topics(options_, kConformancePartitions); }
  void recreate() override { delete_topics(options_); }

 private:
  KafkaOptions options_ = fresh_options(shared_brokers());
};

const auto kKind = testing::Values(TestedLog{"Kafka", [] { return std::make_unique<KafkaUnderTest>(); }});

INSTANTIATE_TEST_SUITE_P(Kafka, LogConformance, kKind);
INSTANTIATE_TEST_SUITE_P(Kafka, LastingLogConformance, kKind);

}  // namespace
}  // namespace casetrail
