// The policies that were published, as operators and quality teams look them up: events name one by its
// version.
#pragma once

#include <string>

#include "workers/http/exchange.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

/// `{"policies":[{version, published_at, in_force, readable, tz}]}`, the newest one first. Waits for the log.
[[nodiscard]] http::HttpResponse list_policies(log::EventLog& log);

/// The same of one, and its `text`. `version` is a number or `current`, the one in force; 404 when there is
/// no such one. Waits for the log.
[[nodiscard]] http::HttpResponse policy_answer(log::EventLog& log, const std::string& version);

// JSON Schema of both answers.
[[nodiscard]] std::string policies_schema();
[[nodiscard]] std::string policy_version_schema();

}  // namespace casetrail::api
