// Ids for what comes without one.
#pragma once

#include <string>

#include "events/timestamp.h"

namespace casetrail {

/// A UUIDv7 (RFC 9562) of `now` and 74 random bits: sorts by time. Any thread.
[[nodiscard]] std::string uuid_v7(Timestamp now);

/// The wall clock.
[[nodiscard]] Timestamp wall_clock();

}  // namespace casetrail
