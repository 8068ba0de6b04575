// The machine's clock.
#pragma once

#include "events/wire/timestamp.h"

namespace casetrail::api {

/// The wall clock.
[[nodiscard]] Timestamp wall_clock();

}  // namespace casetrail::api
