// What goes by the clock of the process, though the wall clock leaps.
#include "workers/node/process_clock.h"

#include <gtest/gtest.h>

#include "tests/support/events_of.h"
#include "tests/support/must.h"
#include "tests/support/temporary_folder.h"
#include "workers/log/embedded/embedded_log.h"

namespace casetrail::node {
namespace {

class RetentionByATrustedClock : public testing::Test {
 protected:
  /// Each opening forgets what is too old, before it takes what is appended.
  log::Offset first_outcome_after_opening() {
    const auto log = std::move(must(embedded::open_embedded_log({.folder = folder_.path() / "log",
                                                                 .now = [this] { return clock_.now(); }}))
                                   .log);
    (void)must(log->create_topics(1));
    (void)must(log::append_and_wait(*log, log::Topic::outcomes, 0, {"case", "{}", {}, clock_.now()}));
    return must(log->bounds(log::Topic::outcomes, 0)).low;
  }
  void pass(Duration time) {
    wall_ += time;
    passed_ += time;
  }

  TemporaryFolder folder_;
  Timestamp wall_ = kMonday;
  Duration passed_{0};
  command::TrustedClock clock_{[this] { return wall_; }, [this] { return passed_; }};
};

TEST_F(RetentionByATrustedClock, ForgetsNothingWhenTheWallClockLeapsAhead) {
  EXPECT_EQ(first_outcome_after_opening(), 0);
  wall_ += std::chrono::days{400};
  EXPECT_EQ(first_outcome_after_opening(), 0);
}

TEST_F(RetentionByATrustedClock, ForgetsWhatIsOldWhenTheTimeHasReallyPassed) {
  EXPECT_EQ(first_outcome_after_opening(), 0);
  pass(std::chrono::days{15});
  EXPECT_GT(first_outcome_after_opening(), 0);
}

TEST(ProcessClock, IsTheWallClockWhileThatRunsAsItShould) {
  EXPECT_EQ(process_clock().leap(), Duration{0});
  const auto apart = std::chrono::system_clock::now() - process_clock().now();
  EXPECT_LT(std::chrono::abs(apart), std::chrono::minutes{1});
}

}  // namespace
}  // namespace casetrail::node
