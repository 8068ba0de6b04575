// The answers of the routes of a case.
#pragma once

#include <string>

#include "events/ids.h"
#include "workers/http/exchange.h"
#include "workers/http/view_desk.h"

namespace casetrail {

/// `history` is the history view of the case, asked with `state`. 404 when it has no events.
[[nodiscard]] HttpResponse case_answer(const CaseId& id, DeskAnswer history);

/// A page of the history itself; 404 when the case has no events.
[[nodiscard]] HttpResponse history_answer(const CaseId& id, DeskAnswer history);

// JSON Schema of both.
[[nodiscard]] std::string case_schema();
[[nodiscard]] std::string history_schema();

}  // namespace casetrail
