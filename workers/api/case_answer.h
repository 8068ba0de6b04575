// The answers of the routes of a case.
#pragma once

#include <expected>
#include <string>

#include "aggregates/case/state.h"
#include "events/wire/ids.h"
#include "projections/history/as_of.h"
#include "workers/api/view_desk.h"
#include "workers/http/exchange.h"

namespace casetrail::api {

/// `history` is the history view of the case, asked with `state`, perhaps as of a moment. 404 when it has no
/// events, or no moment such as that: `not_there` says so of a case. It names the case as it was asked for,
/// by id or reference.
[[nodiscard]] http::HttpResponse case_answer(const std::string& named, const CaseId& id,
                                             const std::string& not_there, DeskAnswer history);

/// The state in such an answer; the error is the problem to answer with.
[[nodiscard]] std::expected<CaseState, http::HttpResponse> standing_case(const std::string& named,
                                                                         const CaseId& id,
                                                                         DeskAnswer history);

/// A page of the history itself; 404 likewise.
[[nodiscard]] http::HttpResponse history_answer(const std::string& named, const CaseId& id,
                                                DeskAnswer history);

/// Nothing has that id; the client called it `named`.
[[nodiscard]] http::HttpResponse no_such_case(const std::string& named, const CaseId& id);
/// The case has events, and yet none that was asked for; `not_there` says so of a case.
[[nodiscard]] http::HttpResponse no_such_moment(const std::string& named, history::MomentFound found,
                                                std::optional<Timestamp> first_recorded_at,
                                                const std::string& not_there);
[[nodiscard]] http::HttpResponse unreadable_history(const std::string& sentence);

// JSON Schema of both.
[[nodiscard]] std::string case_schema();
[[nodiscard]] std::string history_schema();

}  // namespace casetrail::api
