// The years that the wire form of a moment has room for.
#pragma once

#include <chrono>

#include "events/wire/timestamp.h"

namespace casetrail {

/// Year 0000 to 9999, in UTC. A moment beyond would be written as another one.
[[nodiscard]] constexpr bool fits_wire(Timestamp at) {
  using namespace std::chrono;
  return at >= sys_days{year{0} / 1 / 1} && at < sys_days{year{10'000} / 1 / 1};
}

}  // namespace casetrail
