// The partitioner, against values of the Java client.
#include "workers/log/partition.h"

#include <gtest/gtest.h>

#include "workers/log/event_log.h"

namespace casetrail::log {
namespace {

// Hashes published in the tests of Apache Kafka (Utils.murmur2), modulo a prime beyond the usual counts.
struct Known {
  std::string_view key;
  std::int32_t murmur2;
};
constexpr Known kKnown[] = {
    {"21", -973932308},
    {"foobar", -790332482},
    {"a-little-bit-long-string", -985981536},
    {"a-little-bit-longer-string", -1486304829},
    {"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971},
    {"abc", 479470107},
};

TEST(PartitionOf, AgreesWithTheJavaClient) {
  for (const auto& [key, murmur2] : kKnown) {
    EXPECT_EQ(partition_of(key, 7919), (murmur2 & 0x7fffffff) % 7919) << key;
    EXPECT_EQ(partition_of(key, 8), (murmur2 & 0x7fffffff) % 8) << key;
  }
}

TEST(PartitionOf, KeysWithBytesAboveAsciiAreHashedUnsigned) {
  EXPECT_GE(partition_of("\xff\xfe\xfd\xfc\xfb", 8), 0);
  EXPECT_NE(partition_of("\xff", 7919), partition_of("\x7f", 7919));
}

}  // namespace
}  // namespace casetrail::log
