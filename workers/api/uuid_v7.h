// Ids for what comes without one.
#pragma once

#include <string>

#include "events/wire/timestamp.h"

namespace casetrail::api {

/// A UUIDv7 (RFC 9562) of `now` and 74 random bits: sorts by time. Any thread.
[[nodiscard]] std::string uuid_v7(Timestamp now);

}  // namespace casetrail::api
