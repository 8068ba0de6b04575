// The table itself: a row a step, a column a status.
#include "aggregates/case/matrix.h"

#include <array>

#include "aggregates/case/guard.h"
#include "events/wire/reflect.h"

namespace casetrail {
namespace {

struct Obstacle {
  std::string_view code;  ///< empty: none
  std::string_view fact;
};

constexpr Obstacle ok{};
constexpr Obstacle unknown{"case_unknown", "no such case is registered"};
constexpr Obstacle unsorted{"not_triaged", "the case is not classified and prioritised yet"};
constexpr Obstacle nobody{"no_assignee", "nobody is working on the case"};
constexpr Obstacle unaccepted{"not_accepted", "the assignee has not accepted and started yet"};
constexpr Obstacle assigned{"assignment_active", "somebody has the case already; hand it off instead"};
constexpr Obstacle taken{"assignment_active", "somebody has the case; release the assignment first"};
constexpr Obstacle started{"work_started", "work has started already"};
constexpr Obstacle begun{"work_started", "work has started; release the assignment first"};
constexpr Obstacle awaiting{"already_awaiting", "the customer was asked already and has not answered"};
constexpr Obstacle suspended{"already_suspended", "the case is suspended; resume it first"};
constexpr Obstacle running{"not_suspended", "the case is not suspended"};
constexpr Obstacle no_handoff{"no_pending_handoff", "no handoff is pending"};
constexpr Obstacle unresolved{"not_resolved", "the case is not resolved yet"};
constexpr Obstacle resolved{"already_resolved", "the case is resolved; reject the resolution first"};
constexpr Obstacle closed{"case_closed", "the case is closed; reopen it first"};
constexpr Obstacle open{"not_closed", "the case is not closed"};
constexpr Obstacle undecided{"not_closed",
                             "the case is resolved and not closed; reject the resolution instead"};

struct Row {
  Step step;
  std::string_view intent;
  std::array<Obstacle, 9>
      by_status;  ///< new, triaged, queued, assigned, in_progress, awaiting, suspended, resolved, closed
};

// clang-format off
constexpr std::array kRows{
    Row{Step::inform, "tell the customer something", {ok, ok, ok, ok, ok, ok, ok, ok, closed}},
    Row{Step::classify, "sort the request", {ok, ok, ok, ok, ok, ok, ok, resolved, closed}},
    Row{Step::own, "name an owner", {ok, ok, ok, ok, ok, ok, ok, ok, closed}},
    Row{Step::queue, "queue the case", {unsorted, ok, ok, ok, assigned, assigned, assigned, resolved, closed}},
    Row{Step::assign, "assign the case", {unsorted, ok, ok, assigned, assigned, assigned, assigned, resolved, closed}},
    Row{Step::answer_assignment, "answer the assignment", {nobody, nobody, nobody, ok, started, started, started, resolved, closed}},
    Row{Step::start, "start work", {nobody, nobody, nobody, ok, started, started, started, resolved, closed}},
    Row{Step::hear, "take in the customer's message", {ok, ok, ok, ok, ok, ok, ok, ok, ok}},
    Row{Step::request_info, "ask the customer", {nobody, nobody, nobody, unaccepted, ok, awaiting, suspended, resolved, closed}},
    Row{Step::suspend, "suspend the case", {unsorted, nobody, nobody, unaccepted, ok, ok, suspended, resolved, closed}},
    Row{Step::resume, "resume the case", {running, running, running, running, running, running, ok, resolved, closed}},
    Row{Step::request_handoff, "hand the case off", {unsorted, nobody, nobody, ok, ok, ok, ok, resolved, closed}},
    Row{Step::answer_handoff, "answer the handoff", {no_handoff, no_handoff, ok, ok, ok, ok, ok, no_handoff, closed}},
    Row{Step::complete_handoff, "complete the handoff", {nobody, nobody, nobody, unaccepted, ok, ok, ok, resolved, closed}},
    Row{Step::propose, "propose a solution", {nobody, nobody, nobody, unaccepted, ok, ok, suspended, resolved, closed}},
    Row{Step::select_option, "record the customer's choice", {nobody, nobody, nobody, unaccepted, ok, ok, ok, resolved, closed}},
    Row{Step::lodge, "take the complaint", {ok, ok, ok, ok, ok, ok, ok, resolved, closed}},
    Row{Step::investigate, "look into the complaint", {nobody, nobody, nobody, unaccepted, ok, ok, ok, resolved, closed}},
    Row{Step::close_complaint, "close the complaint", {nobody, nobody, nobody, unaccepted, ok, ok, ok, ok, closed}},
    Row{Step::end_complaint, "end the complaint", {ok, ok, ok, ok, ok, ok, ok, ok, closed}},
    Row{Step::resolve, "resolve the case", {nobody, nobody, nobody, unaccepted, ok, ok, suspended, resolved, closed}},
    Row{Step::judge_resolution, "judge the resolution", {unresolved, unresolved, unresolved, unresolved, unresolved, unresolved, unresolved, ok, closed}},
    Row{Step::call_back, "call the customer back", {ok, ok, ok, ok, ok, ok, ok, ok, ok}},
    Row{Step::review, "review the contact", {nobody, nobody, nobody, unaccepted, ok, ok, ok, ok, ok}},
    Row{Step::close, "close the case", {unresolved, unresolved, unresolved, unresolved, unresolved, unresolved, unresolved, ok, closed}},
    Row{Step::reopen, "reopen the case", {open, open, open, open, open, open, open, undecided, ok}},
    Row{Step::annotate, "note something on the case", {ok, ok, ok, ok, ok, ok, ok, ok, ok}},
    Row{Step::reject, "reject the request", {ok, ok, ok, taken, begun, begun, begun, resolved, closed}},
    Row{Step::withdraw, "withdraw the request", {ok, ok, ok, ok, ok, ok, ok, resolved, closed}},
    Row{Step::release, "release the assignment", {nobody, nobody, nobody, ok, ok, ok, ok, resolved, closed}},
    Row{Step::reassign, "give the case to another one", {unsorted, ok, ok, ok, ok, ok, ok, resolved, closed}},
    Row{Step::dispatch, "send a technician", {unsorted, ok, ok, ok, ok, ok, ok, resolved, closed}},
    Row{Step::appeal, "take the appeal", {ok, ok, ok, ok, ok, ok, ok, ok, ok}},
    Row{Step::settle_responsibility, "settle the responsibility", {ok, ok, ok, ok, ok, ok, ok, ok, ok}},
    Row{Step::call, "record the call", {ok, ok, ok, ok, ok, ok, ok, ok, ok}},
    Row{Step::chase, "note that somebody urges", {ok, ok, ok, ok, ok, ok, ok, ok, closed}},
    Row{Step::escalate, "escalate the case", {ok, ok, ok, ok, ok, ok, ok, ok, closed}},
};
// clang-format on

constexpr bool rows_are_in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (kRows[i].step != static_cast<Step>(i)) return false;
  }
  return kRows.size() == static_cast<std::size_t>(Step::escalate) + 1;
}
static_assert(rows_are_in_order());

}  // namespace

std::optional<Rejection> refusal_of(Step step, CaseStatus status, Trace* trace) {
  const auto& row = kRows[static_cast<std::size_t>(step)];
  const auto& obstacle =
      status == CaseStatus::none ? unknown : row.by_status[static_cast<std::size_t>(status) - 1];
  if (!ask(trace, "status", !obstacle.code.empty(), [&] { return name_of(status); })) return std::nullopt;
  return refuse(obstacle.code, row.intent, obstacle.fact).error();
}

}  // namespace casetrail
