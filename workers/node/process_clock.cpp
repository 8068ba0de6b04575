// The wall clock, held against the time since the machine started.
#include "workers/node/process_clock.h"

#include <chrono>
#include <ctime>

#include "workers/api/wall_clock.h"

namespace casetrail::node {
namespace {

/// The machine's sleep included.
Duration time_passed() {
  timespec passed{};
  ::clock_gettime(CLOCK_BOOTTIME, &passed);
  return std::chrono::seconds(passed.tv_sec) +
         std::chrono::floor<Duration>(std::chrono::nanoseconds(passed.tv_nsec));
}

}  // namespace

command::TrustedClock& process_clock() {
  static command::TrustedClock clock(api::wall_clock, time_passed);
  return clock;
}

}  // namespace casetrail::node
