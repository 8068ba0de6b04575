// Whether a span of time has passed, on a clock that may be set back.
#pragma once

#include "events/timestamp.h"

namespace casetrail {

/// True also when the clock was set back behind `since`: nothing waits until it comes round again.
[[nodiscard]] constexpr bool has_passed(Duration span, Timestamp since, Timestamp now) {
  return now < since || now - since >= span;
}

}  // namespace casetrail
