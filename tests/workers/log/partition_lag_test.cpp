// Lag is true or absent.
#include "workers/log/partition_lag.h"

#include <gtest/gtest.h>

namespace casetrail::log {
namespace {

constexpr auto kStart = Timestamp{} + std::chrono::hours(1);

constexpr Timestamp at(int second) { return kStart + std::chrono::seconds(second); }

TEST(PartitionLag, IsTheDistanceFromThePositionToTheEndThatWasAskedAfterIt) {
  PartitionLag row;
  tell({.next = 5, .high = 12, .since = at(0), .at = at(2)}, at(3), row);
  EXPECT_EQ(row.lag, 7);
  EXPECT_EQ(row.lag_seconds, 3.0);
  EXPECT_EQ(row.end_age_seconds, 1.0);
}

TEST(PartitionLag, OfAnEndThatWasHeardOfTooLongAgoIsNotTold) {
  PartitionLag row;
  tell({.next = 12, .high = 12, .since = {}, .at = at(0)}, at(11), row);
  EXPECT_EQ(row.lag, std::nullopt);
  EXPECT_EQ(row.lag_seconds, std::nullopt);
  EXPECT_EQ(row.end_age_seconds, 11.0);
}

TEST(PartitionLag, InSecondsIsAbsentWhereNobodyKnowsSinceWhen) {
  PartitionLag row;
  tell({.next = 5, .high = 12, .since = {}, .at = at(0)}, at(0), row);
  EXPECT_EQ(row.lag, 7);
  EXPECT_EQ(row.lag_seconds, std::nullopt);
}

TEST(EndHistory, KnowsWhenAPositionHadTakenAllThatThereWas) {
  EndHistory ends;
  EXPECT_EQ(ends.covered_at(0), std::nullopt);
  ends.heard(10, at(0), 0);
  ends.heard(20, at(1), 0);
  EXPECT_EQ(ends.covered_at(9), std::nullopt);
  EXPECT_EQ(ends.covered_at(10), at(0));
  EXPECT_EQ(ends.covered_at(25), at(1));
}

TEST(EndHistory, AnEndThatStaysIsHeardOfLater) {
  EndHistory ends;
  ends.heard(10, at(0), 10);
  ends.heard(10, at(50), 10);
  EXPECT_EQ(ends.covered_at(10), at(50));
}

TEST(EndHistory, RemembersABoundedNumberAndNeverSaysTooYoung) {
  EndHistory ends;
  for (int second = 0; second < 10'000; ++second) ends.heard(second, at(second), 0);
  for (const int position : {0, 77, 5'000, 9'999}) {
    ASSERT_TRUE(ends.covered_at(position)) << position;
    EXPECT_LE(*ends.covered_at(position), at(position));
  }
  EXPECT_GE(*ends.covered_at(9'999), at(9'999));
}

TEST(EndHistory, OfALogThatWasMadeAnewBeginsAnew) {
  EndHistory ends;
  ends.heard(10, at(0), 0);
  ends.heard(3, at(1), 0);
  EXPECT_EQ(ends.covered_at(2), std::nullopt);
  EXPECT_EQ(ends.covered_at(3), at(1));
}

}  // namespace
}  // namespace casetrail::log
