// The policies that were published, as operators and quality teams look them up: events name one by its
// version.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/wire/timestamp.h"
#include "workers/http/exchange.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

/// `{"policies":[{version, published_at, in_force, readable, tz}]}`, the newest one first. Waits for the log.
[[nodiscard]] http::HttpResponse list_policies(log::EventLog& log);

/// The same of one, and its `text`. `version` is a number or `current`, the one in force; 404 when there is
/// no such one. Waits for the log.
[[nodiscard]] http::HttpResponse policy_answer(log::EventLog& log, const std::string& version);

struct PublishedPolicy {
  std::int32_t version = 0;
  std::optional<Timestamp> published_at;
  std::string text;  ///< YAML, readable or not
};

/// In the order of their versions. Waits for the log.
[[nodiscard]] log::LogResult<std::vector<PublishedPolicy>> published_policies(log::EventLog& log);

// JSON Schema of both answers.
[[nodiscard]] std::string policies_schema();
[[nodiscard]] std::string policy_version_schema();

}  // namespace casetrail::api
