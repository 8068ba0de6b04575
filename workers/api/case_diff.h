// What became of a case between two moments.
#pragma once

#include <string>

#include "events/wire/ids.h"
#include "workers/api/case_moment.h"
#include "workers/api/view_desk.h"
#include "workers/http/exchange.h"

namespace casetrail::api {

/// `history` is the history view of the case, asked with `state` and `since`. 404 when it has no events, or a
/// moment of the span is not kept. Waits for the log, which has the commands and the policies of both
/// moments.
[[nodiscard]] http::HttpResponse diff_answer(const std::string& named, const CaseId& id, const CaseSpan& span,
                                             DeskAnswer history, ViewDesk& desk, log::EventLog& log);

[[nodiscard]] std::string diff_schema();

}  // namespace casetrail::api
