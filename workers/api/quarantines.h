// Lets an operator have a record that stops its partition passed over by every reader.
#pragma once

#include <string>

#include "workers/http/exchange.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

/// `{"quarantines":[{partition, offset, reason, at}]}`. Waits for the log.
[[nodiscard]] http::HttpResponse list_quarantines(log::EventLog& log);

/// Takes `{partition, offset, reason}`: 201 when it is a fact in the log, 200 when it was one before, 404
/// without such a record, 409 when that stops nobody: what was applied cannot be taken back. Waits for the
/// log.
[[nodiscard]] http::HttpResponse quarantine(log::EventLog& log, const std::string& body, Timestamp now);

// JSON Schema of what is answered and taken.
[[nodiscard]] std::string quarantines_schema();
[[nodiscard]] std::string quarantine_request_schema();

}  // namespace casetrail::api
