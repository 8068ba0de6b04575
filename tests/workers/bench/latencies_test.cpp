// Percentiles by nearest rank.
#include "workers/bench/latencies.h"

#include <gtest/gtest.h>

namespace casetrail::bench {
namespace {

using namespace std::chrono_literals;

TEST(Latencies, APercentileIsOneOfTheDurations) {
  Latencies took;
  for (const auto each : {4ms, 1ms, 3ms, 2ms}) took.add(each);
  EXPECT_DOUBLE_EQ(took.percentile(0.5), 2);
  EXPECT_DOUBLE_EQ(took.percentile(0.51), 3);
  EXPECT_DOUBLE_EQ(took.percentile(0.99), 4);
  EXPECT_DOUBLE_EQ(took.percentile(0), 1);
}

TEST(Latencies, NoneAreZero) { EXPECT_EQ(Latencies().percentile(0.5), 0); }

}  // namespace
}  // namespace casetrail::bench
