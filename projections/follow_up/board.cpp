// How each event moves the follow-up board.
#include "projections/follow_up/board.h"

#include <algorithm>

#include "events/case/assignment.h"
#include "events/case/callback.h"
#include "events/case/complaint.h"
#include "events/case/handoff.h"
#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "projections/follow_up/lists.h"
#include "projections/kit/fold.h"
#include "projections/kit/periods.h"
#include "projections/kit/personal.h"

namespace casetrail::follow_up {
namespace {

// Not in the customer's zone: tables of zones change, and counted hours must stay equal after a rebuild.
std::size_t utc_hour(Timestamp at) {
  const auto since_midnight = at - std::chrono::floor<std::chrono::days>(at);
  return static_cast<std::size_t>(std::chrono::floor<std::chrono::hours>(since_midnight).count());
}

// Attempts behind the tenth count as the tenth.
std::size_t attempt_index(std::int32_t attempt_no) {
  return static_cast<std::size_t>(std::clamp(attempt_no, 1, 10) - 1);
}

}  // namespace

Board::Board(const kit::Rows& rows)
    : callbacks_(rows, kCallbacks,
                 [this](std::string_view key, const CallbackRow& row) {
                   const auto* of_case = cases_.find(kit::split_key(key).first);
                   return places_of(row, of_case != nullptr ? *of_case : CaseRow());
                 }),
      cases_(rows, kCases),
      periods_(rows, kit::kPeriods),
      totals_(rows, kTotals) {}

void Board::apply(const CaseEvent& event) {
  kit::fold_event<RequestEvents, AssignmentEvents, HandoffEvents, ResolutionEvents, CallbackEvents,
                  ComplaintEvents, PrivacyEvents>(*this, event);
}

std::vector<std::string_view> ignored_events() {
  return kit::events_ignored_by<Board, RequestEvents, AssignmentEvents, HandoffEvents, ResolutionEvents,
                                CallbackEvents, ComplaintEvents, PrivacyEvents>();
}

void Board::write_changes(const kit::RowSink& sink) {
  callbacks_.list_changes();
  callbacks_.write_changes(sink);
  cases_.write_changes(sink);
  periods_.write_changes(sink);
  totals_.write_changes(sink);
  callbacks_.write_lists(sink);
}

CaseRow& Board::relisted_case_of(const CaseEvent& event) {
  auto& row = case_of(event);
  for (const auto& callback : row.callbacks)
    callbacks_.remember(kit::joined_key(event.case_id.value, callback));
  return row;
}

CallbackRow* Board::callback_of(const CaseEvent& event, const CallbackId& callback) {
  return callbacks_.edit(kit::joined_key(event.case_id.value, callback.value));
}

PeriodRow& Board::period_of(const CaseEvent& event) {
  const auto* of_case = cases_.find(event.case_id.value);
  return periods_.upsert(
      kit::period_key(event.occurred_at, of_case != nullptr ? of_case->department : std::nullopt));
}

void Board::end(const CallbackId& callback, State state, const CaseEvent& event) {
  auto* row = callback_of(event, callback);
  if (row == nullptr) return;
  row->state = state;
  const bool waits = row->answers && row->answers->satisfied == false && !row->route;
  if (case_of(event).closed && !waits) take_off(callback, event);
}

void Board::take_off(const CallbackId& callback, const CaseEvent& event) {
  callbacks_.erase(kit::joined_key(event.case_id.value, callback.value));
  std::erase(case_of(event).callbacks, callback.value);
}

void Board::on(const RequestRegistered& fact, const CaseEvent& event) {
  auto& row = relisted_case_of(event);
  if (!row.facts.registered) ++totals_.edit().cases;
  row.facts.learn(fact);
}

void Board::on(const RequestAmended& fact, const CaseEvent& event) {
  relisted_case_of(event).facts.learn(fact);
}

void Board::on(const RequestClassified& fact, const CaseEvent& event) {
  relisted_case_of(event).facts.learn(fact);
}

void Board::on(const RequestPrioritized& fact, const CaseEvent& event) {
  relisted_case_of(event).facts.learn(fact);
}

void Board::on(const OwnerDesignated& fact, const CaseEvent& event) {
  relisted_case_of(event).facts.learn(fact);
}

void Board::on(const OwnerChanged& fact, const CaseEvent& event) {
  relisted_case_of(event).facts.learn(fact);
}

void Board::on(const AssignmentMade& fact, const CaseEvent& event) {
  relisted_case_of(event).department = fact.department_id.value;
}

void Board::on(const HandoffAccepted& fact, const CaseEvent& event) {
  relisted_case_of(event).department = fact.by.department_id.value;
}

void Board::on(const CallbackScheduled& fact, const CaseEvent& event) {
  auto& totals = totals_.edit();
  ++totals.scheduled;
  ++period_of(event).scheduled;
  auto& of_case = case_of(event);
  if (!of_case.due) ++totals.cases_due;
  of_case.due = true;
  if (std::ranges::find(of_case.callbacks, fact.callback_id.value) == of_case.callbacks.end())
    of_case.callbacks.push_back(fact.callback_id.value);

  auto& row = callbacks_.upsert(kit::joined_key(event.case_id.value, fact.callback_id.value));
  row = CallbackRow{};
  row.purpose = fact.purpose;
  row.form = fact.form;
  row.not_before = fact.not_before;
  row.not_after = fact.not_after;
  row.tz = fact.tz;
  row.shifted_because = fact.shifted_because;
  row.agent = kit::text_of(fact.agent_id);
  row.required_before_close = fact.required_before_close;
}

void Board::on(const CallbackRescheduled& fact, const CaseEvent& event) {
  ++totals_.edit().rescheduled;
  if (auto* row = callback_of(event, fact.callback_id)) {
    row->not_before = fact.not_before;
    row->not_after = fact.not_after;
    row->shifted_because = fact.reason;
    row->overdue = false;
  }
}

void Board::on(const CallbackAttempted& fact, const CaseEvent& event) {
  auto& totals = totals_.edit();
  const auto hour = utc_hour(event.occurred_at);
  const auto no = attempt_index(fact.attempt_no);
  const bool reached = fact.outcome == CallbackOutcome::connected;
  ++totals.attempts;
  auto& period = period_of(event);
  ++period.attempts;
  period.reached += reached ? 1 : 0;
  if (fact.in_hours == false) ++totals.quiet_hour_violations;
  kit::count_at(totals.tried_by_no, no);
  kit::count_at(totals.tried_by_hour, hour);
  kit::count_at(totals.reached_by_no, no, reached ? 1 : 0);
  kit::count_at(totals.reached_by_hour, hour, reached ? 1 : 0);

  auto* row = callback_of(event, fact.callback_id);
  if (row == nullptr) return;
  if (row->state == State::scheduled) row->state = State::attempted;
  ++row->attempts;
  row->agent = fact.agent_id.value;
  row->last_outcome = fact.outcome;
  row->last_attempt_at = event.occurred_at;
  if (fact.next_not_before) row->not_before = *fact.next_not_before;
  if (!fact.next_not_after) return;
  row->not_after = *fact.next_not_after;
  row->overdue = false;
}

void Board::on(const CallbackCompleted& fact, const CaseEvent& event) {
  auto& totals = totals_.edit();
  auto& period = period_of(event);
  ++totals.completed;
  ++period.completed;
  if (fact.answers.satisfied == false) {
    ++totals.dissatisfied;
    ++period.dissatisfied;
  }
  if (fact.pii && fact.pii->problem_where) {
    ++totals.problems_found;
    ++period.problems_found;
  }
  auto& of_case = case_of(event);
  if (of_case.due && !of_case.called) ++totals.cases_called;
  of_case.called = of_case.called || of_case.due;

  if (auto* row = callback_of(event, fact.callback_id)) {
    if (event.occurred_at <= row->not_after) {
      ++totals.on_time;
      ++period.on_time;
    }
    row->agent = fact.agent_id.value;
    row->answers = fact.answers;
    row->words = kit::without_person(fact.pii);
  }
  end(fact.callback_id, State::completed, event);
}

void Board::on(const CallbackFeedbackRouted& fact, const CaseEvent& event) {
  kit::count_at(totals_.edit().routed, static_cast<std::size_t>(fact.route));
  // What another case does about it is for that case to tell.
  const bool here = fact.route == FeedbackRoute::reopened_case || fact.route == FeedbackRoute::handoff;
  if (here) ++relisted_case_of(event).routed_open;
  if (auto* row = callback_of(event, fact.callback_id)) {
    row->routed_to = fact.department_id.value;
    row->route = fact.route;
    row->created_case = kit::text_of(fact.created_case_id);
    if (is_over(row->state) && case_of(event).closed) take_off(fact.callback_id, event);
  }
}

void Board::on(const CallbackRefused& fact, const CaseEvent& event) {
  ++totals_.edit().refused;
  ++period_of(event).refused;
  if (fact.do_not_call) relisted_case_of(event).do_not_call = true;
  end(fact.callback_id, State::refused, event);
}

void Board::on(const CallbackExhausted& fact, const CaseEvent& event) {
  ++totals_.edit().exhausted;
  ++period_of(event).exhausted;
  end(fact.callback_id, State::exhausted, event);
}

void Board::on(const CallbackWaived& fact, const CaseEvent& event) {
  ++totals_.edit().waived;
  ++period_of(event).waived;
  if (fact.callback_id) end(*fact.callback_id, State::waived, event);
}

void Board::on(const CallbackOverdue& fact, const CaseEvent& event) {
  ++totals_.edit().overdue;
  ++period_of(event).overdue;
  if (auto* row = callback_of(event, fact.callback_id)) row->overdue = true;
}

void Board::on(const CallbackCanceled& fact, const CaseEvent& event) {
  ++totals_.edit().canceled;
  end(fact.callback_id, State::canceled, event);
}

void Board::on(const CallbackAssigned& fact, const CaseEvent& event) {
  if (auto* row = callback_of(event, fact.callback_id)) row->agent = fact.agent_id.value;
}

void Board::on(const ComplaintLodged&, const CaseEvent& event) {
  case_of(event).facts.kind = CaseKind::complaint;
}

void Board::on(const ComplaintClosed& fact, const CaseEvent&) {
  auto& totals = totals_.edit();
  ++totals.complaints_closed;
  if (fact.retained) ++totals.complaints_retained;
}

void Board::on(const CaseResolved& fact, const CaseEvent& event) {
  auto& row = case_of(event);
  row.resolution_code = fact.resolution_code;
  row.attributed = fact.attributed;
}

void Board::on(const CaseClosed&, const CaseEvent& event) {
  auto& row = relisted_case_of(event);
  row.closed = true;
  if (row.routed_open > 0) totals_.edit().routed_closed += std::exchange(row.routed_open, 0);
  std::erase_if(row.callbacks, [&](const std::string& callback) {
    const auto key = kit::joined_key(event.case_id.value, callback);
    const auto* found = callbacks_.find(key);
    const bool over = found == nullptr || is_over(found->state);
    if (over) callbacks_.erase(key);
    return over;
  });
}

void Board::on(const CaseReopened&, const CaseEvent& event) {
  auto& row = case_of(event);
  row.closed = false;
  if (row.called && !row.reopened_after) {
    row.reopened_after = true;
    ++totals_.edit().cases_reopened_after;
  }
}

void Board::on(const CustomerErased& fact, const CaseEvent& event) {
  auto& of_case = relisted_case_of(event);
  of_case.facts.learn(fact);
  for (const auto& callback : of_case.callbacks) {
    if (auto* row = callback_of(event, CallbackId{callback})) kit::erase_texts(row->words);
  }
}

}  // namespace casetrail::follow_up
