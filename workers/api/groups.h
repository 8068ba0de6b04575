// The consumer groups of the engine, those of nodes that are gone too, and how one of them goes.
#pragma once

#include <string>

#include "workers/http/exchange.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

/// `{"groups":[{group, members, lag}]}`; `lag` is what the group's offsets leave of its topic, over all
/// partitions, and absent where it never committed any. Waits for the log.
[[nodiscard]] log::LogResult<std::string> read_groups(log::EventLog& log);

/// Removes a group without members: 200 with the group as it was, 404 without such a group, 409 while it has
/// members. Waits for the log.
[[nodiscard]] http::HttpResponse retire_group(log::EventLog& log, const std::string& group);

// JSON Schema of both answers.
[[nodiscard]] std::string group_schema();
[[nodiscard]] std::string groups_schema();

}  // namespace casetrail::api
