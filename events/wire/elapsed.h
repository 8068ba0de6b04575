// Whether a span of time has passed, on a clock that may be set back.
#pragma once

#include <cstdint>

#include "events/wire/timestamp.h"

namespace casetrail {

/// True also when the clock was set back behind `since`: nothing waits until it comes round again.
[[nodiscard]] constexpr bool has_passed(Duration span, Timestamp since, Timestamp now) {
  return now < since || now - since >= span;
}

/// Where in `span` the thing of this number stands: things that come due at the same moment wait for each
/// other.
[[nodiscard]] constexpr Duration phase_of(std::int32_t number, Duration span) {
  constexpr std::int32_t kPhases = 8;
  return span * (number % kPhases) / kPhases;
}

}  // namespace casetrail
