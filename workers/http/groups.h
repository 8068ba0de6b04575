// The consumer groups of the engine, those of nodes that are gone too, and how one of them goes.
#pragma once

#include <string>

#include "workers/http/exchange.h"
#include "workers/log/event_log.h"

namespace casetrail {

/// `{"groups":[{group, members, lag}]}`; `lag` is what the group's offsets leave of its topic, over all
/// partitions, and absent where it never committed any. Waits for the log.
[[nodiscard]] LogResult<std::string> read_groups(EventLog& log);

/// Removes a group without members: 200 with the group as it was, 404 without such a group, 409 while it has
/// members. Waits for the log.
[[nodiscard]] HttpResponse retire_group(EventLog& log, const std::string& group);

// JSON Schema of both answers.
[[nodiscard]] std::string group_schema();
[[nodiscard]] std::string groups_schema();

}  // namespace casetrail
