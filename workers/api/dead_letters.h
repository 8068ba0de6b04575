// The newest records that could not be commands, as JSON.
#pragma once

#include <cstddef>
#include <string>

#include "workers/log/event_log.h"

namespace casetrail::api {

/// `{"deadletters":[…]}`, the newest first, at most `limit`. Waits for the log. Their values are
/// masked, and those that are no JSON withheld: the record itself is read from the topic.
[[nodiscard]] log::LogResult<std::string> read_dead_letters(log::EventLog& log, std::size_t limit);

/// JSON Schema of them.
[[nodiscard]] std::string dead_letters_schema();

}  // namespace casetrail::api
