// A dead letter made into the command that is sent again.
#pragma once

#include <expected>
#include <string>

#include "workers/api/submission.h"
#include "workers/http/exchange.h"
#include "workers/identity/identity.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

/// The record as it came, by its own id and actor, read as the command worker will read it; with the data of
/// `body`, `{data?}`, where there are some: then `who` needs the right to send such a command. Null: nobody
/// looks who asks. The error is the problem to answer with.
[[nodiscard]] std::expected<Submission, http::HttpResponse> command_of_letter(const log::Record& letter,
                                                                              const std::string& body,
                                                                              const identity::Identity* who,
                                                                              Timestamp now);

/// JSON Schema of `body`.
[[nodiscard]] std::string retry_request_schema();

}  // namespace casetrail::api
