// A case as it stands, made from its history.
#pragma once

#include <string>

#include "events/ids.h"
#include "workers/http/exchange.h"
#include "workers/http/view_desk.h"

namespace casetrail {

/// `history` is the whole history view of the case; its events are folded as the command worker folds them.
/// 404 when there are none.
[[nodiscard]] HttpResponse case_answer(const CaseId& id, DeskAnswer history);

/// The history itself; 404 when it is empty.
[[nodiscard]] HttpResponse history_answer(const CaseId& id, DeskAnswer history);

// JSON Schema of both.
[[nodiscard]] std::string case_schema();
[[nodiscard]] std::string history_schema();

}  // namespace casetrail
