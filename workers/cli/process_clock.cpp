// The wall clock, held against the time since the machine started.
#include "workers/cli/process_clock.h"

#include <chrono>
#include <ctime>

#include "workers/http/uuid_v7.h"

namespace casetrail {
namespace {

/// The machine's sleep included.
Duration time_passed() {
  timespec passed{};
  ::clock_gettime(CLOCK_BOOTTIME, &passed);
  return std::chrono::seconds(passed.tv_sec) +
         std::chrono::floor<Duration>(std::chrono::nanoseconds(passed.tv_nsec));
}

}  // namespace

TrustedClock& process_clock() {
  static TrustedClock clock(wall_clock, time_passed);
  return clock;
}

}  // namespace casetrail
