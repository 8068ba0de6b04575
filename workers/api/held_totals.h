// How long departments and people had cases, over all of them.
#pragma once

#include <string>

#include "workers/api/case_held.h"
#include "workers/api/view_desk.h"
#include "workers/http/exchange.h"

namespace casetrail::api {

/// `history` is what the history view adds up of the query.
[[nodiscard]] http::HttpResponse held_totals_answer(DeskAnswer history, HeldForm form);

[[nodiscard]] std::string held_totals_schema();

}  // namespace casetrail::api
