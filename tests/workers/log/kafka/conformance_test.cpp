// The Kafka adapter keeps the port's promises on a real broker.
#include "tests/workers/log/conformance.h"

#include "tests/support/kafka_broker.h"
#include "tests/support/kafka_topics.h"
#include "workers/log/kafka/kafka_log.h"

namespace casetrail::kafka {
namespace {

class KafkaUnderTest final : public log::LogUnderTest {
 public:
  std::unique_ptr<log::EventLog> open() override {
    return open_with_topics(options_, log::kConformancePartitions);
  }
  void recreate() override { delete_topics(options_); }

 private:
  KafkaOptions options_ = fresh_options(shared_brokers());
};

const auto kKind =
    testing::Values(log::TestedLog{"Kafka", [] { return std::make_unique<KafkaUnderTest>(); }});

using log::LastingLogConformance;
using log::LogConformance;

INSTANTIATE_TEST_SUITE_P(Kafka, LogConformance, kKind);
INSTANTIATE_TEST_SUITE_P(Kafka, LastingLogConformance, kKind);

}  // namespace
}  // namespace casetrail::kafka
