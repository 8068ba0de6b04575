// What librdkafka's own properties lead to.
#include "workers/log/kafka/options.h"

#include <gmock/gmock.h>

namespace casetrail::kafka {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(KafkaProperties, AScramSignInThatKafka4RefusesIsNamedAsTheReason) {
  const KafkaOptions::Properties scram{{"sasl.mechanism", "SCRAM-SHA-512"}};
  const auto why = scram_trouble(scram, 0x020002ff);
  EXPECT_THAT(why, HasSubstr("librdkafka 2.0.2"));
  EXPECT_THAT(why, HasSubstr("cannot sign in by SCRAM at Kafka 4"));
  EXPECT_THAT(scram_trouble({{"sasl.mechanisms", "SCRAM-SHA-256"}}, 0x020600ff), HasSubstr("2.6.0"));
  EXPECT_THAT(scram_trouble(scram, 0x020601ff), IsEmpty());
  EXPECT_THAT(scram_trouble({{"sasl.mechanism", "PLAIN"}, {"sasl.password", "SCRAM"}}, 0x020002ff),
              IsEmpty());
}

}  // namespace
}  // namespace casetrail::kafka
