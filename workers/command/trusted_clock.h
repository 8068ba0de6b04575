// Wall time that a leap of the wall clock does not carry away.
#pragma once

#include <atomic>
#include <functional>

#include "events/wire/timestamp.h"

namespace casetrail::command {

/// The wall clock, unless it leaps further ahead than time really passed: timers would fire that are not due,
/// and nobody can take that back. Time then goes on as it really passes, until the wall clock is back. A
/// process that is started again takes the wall clock as it is. A clock that goes back is followed at once,
/// and may come forward again to where it was. Thread: any.
class TrustedClock {
 public:
  /// Leaps up to this are followed: clocks are corrected by seconds, and machines are paused for minutes.
  static constexpr Duration kBelieved = std::chrono::minutes{10};

  /// `passed`: the time since some moment, also while the machine slept.
  TrustedClock(std::function<Timestamp()> wall, std::function<Duration()> passed);

  [[nodiscard]] Timestamp now();
  /// How far the wall clock is ahead of `now`, as of its last call; 0 while it is believed.
  [[nodiscard]] Duration leap() const { return Duration{leap_.load(std::memory_order_relaxed)}; }

 private:
  std::function<Timestamp()> wall_;
  std::function<Duration()> passed_;
  std::atomic<Duration::rep> furthest_;  ///< the wall clock less what had passed, at its farthest
  std::atomic<Duration::rep> leap_ = 0;
};

}  // namespace casetrail::command
