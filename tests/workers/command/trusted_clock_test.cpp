// What a process makes of a wall clock that does what clocks do.
#include "workers/command/trusted_clock.h"

#include <gtest/gtest.h>

#include "tests/support/events_of.h"

namespace casetrail::command {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class TrustedClockTest : public testing::Test {
 protected:
  void pass(Duration time) {
    passed_ += time;
    wall_ += time;
  }
  void leap(Duration by) { wall_ += by; }

  Timestamp wall_ = kMonday;
  Duration passed_ = hours{5};
  TrustedClock clock_{[this] { return wall_; }, [this] { return passed_; }};
};

TEST_F(TrustedClockTest, FollowsTheWallClockHoweverLongItIsNotAsked) {
  pass(days{3});
  EXPECT_EQ(clock_.now(), wall_);
  EXPECT_EQ(clock_.leap(), Duration{0});
}

TEST_F(TrustedClockTest, GoesOnByTheTimeThatPassesWhileTheWallClockIsAhead) {
  for (const Duration ahead : {Duration{hours{1}}, Duration{days{365}}}) {
    const auto right = wall_;
    leap(ahead);
    pass(seconds{3});
    EXPECT_EQ(clock_.now(), right + seconds{3});
    EXPECT_EQ(clock_.leap(), ahead);
    leap(-ahead);
    EXPECT_EQ(clock_.now(), wall_);
    EXPECT_EQ(clock_.leap(), Duration{0});
  }
}

TEST_F(TrustedClockTest, FollowsACorrectionByMinutes) {
  leap(minutes{10});
  EXPECT_EQ(clock_.now(), wall_);
}

TEST_F(TrustedClockTest, FollowsTheWallClockBackAndForwardAgainToWhereItWas) {
  leap(-days{1});
  EXPECT_EQ(clock_.now(), wall_);
  leap(days{1});
  EXPECT_EQ(clock_.now(), wall_);
  leap(days{1});
  EXPECT_EQ(clock_.now(), wall_ - days{1});
}

TEST_F(TrustedClockTest, BelievesTheWallClockWhenItIsStartedAgain) {
  leap(days{2});
  TrustedClock again([this] { return wall_; }, [this] { return passed_; });
  EXPECT_EQ(again.now(), wall_);
}

}  // namespace
}  // namespace casetrail::command
