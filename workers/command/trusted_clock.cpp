// What the wall clock and the passing of time say apart, only a leap explains.
#include "workers/command/trusted_clock.h"

#include <spdlog/spdlog.h>

#include <utility>

namespace casetrail::command {

TrustedClock::TrustedClock(std::function<Timestamp()> wall, std::function<Duration()> passed)
    : wall_(std::move(wall)),
      passed_(std::move(passed)),
      furthest_((wall_() - passed_()).time_since_epoch().count()) {}

Timestamp TrustedClock::now() {
  const auto wall = wall_();  // first, or a thread that is held up here sees a leap
  const auto began = (wall - passed_()).time_since_epoch().count();
  const auto furthest = furthest_.load(std::memory_order_relaxed);
  const bool believed = began <= furthest + kBelieved.count();
  const auto leap = believed ? 0 : began - furthest;
  const auto before = leap_.exchange(leap, std::memory_order_relaxed);
  if (believed) {
    if (began > furthest) furthest_.store(began, std::memory_order_relaxed);
    if (before != 0) spdlog::info("the system clock is back, and is followed again");
    return wall;
  }
  if (before == 0) {
    spdlog::error(
        "the system clock leapt ahead by {} s; time goes on as it really passes. Set the clock right; if it "
        "is right, start casetrail again",
        leap / 1000);
  }
  return wall - Duration{leap};
}

}  // namespace casetrail::command
