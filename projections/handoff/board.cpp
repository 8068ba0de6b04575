// How each event moves the handoff board.
#include "projections/handoff/board.h"

#include <algorithm>

#include "events/case/assignment.h"
#include "events/case/handoff.h"
#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/work.h"
#include "projections/handoff/lists.h"
#include "projections/kit/fold.h"
#include "projections/kit/periods.h"
#include "projections/kit/personal.h"

namespace casetrail::handoff {

Board::Board(const kit::Rows& rows)
    : cases_(rows, kCases),
      duties_(rows, kDuties),
      pairs_(rows, kPairs),
      open_(rows, kOpen,
            [this](std::string_view key, const OpenRow& open) {
              const auto* of_case = cases_.find(kit::split_key(key).first);
              return places_of(open, of_case != nullptr ? *of_case : CaseRow());
            }),
      periods_(rows, kit::kPeriods),
      totals_(rows, kTotals) {}

void Board::apply(const CaseEvent& event) {
  kit::fold_event<RequestEvents, AssignmentEvents, WorkEvents, HandoffEvents, ResolutionEvents,
                  PrivacyEvents>(*this, event);
}

std::vector<std::string_view> ignored_events() {
  return kit::events_ignored_by<Board, RequestEvents, AssignmentEvents, WorkEvents, HandoffEvents,
                                ResolutionEvents, PrivacyEvents>();
}

void Board::write_changes(const kit::RowSink& sink) {
  open_.list_changes();
  cases_.write_changes(sink);
  duties_.write_changes(sink);
  pairs_.write_changes(sink);
  open_.write_changes(sink);
  periods_.write_changes(sink);
  totals_.write_changes(sink);
  open_.write_lists(sink);
}

CaseRow& Board::relisted_case_of(const CaseEvent& event) {
  auto& row = case_of(event);
  for (const auto& handoff : row.open_handoffs) open_.remember(kit::joined_key(event.case_id.value, handoff));
  return row;
}

OpenRow* Board::open_of(const CaseEvent& event, const HandoffId& handoff) {
  return open_.edit(kit::joined_key(event.case_id.value, handoff.value));
}

PairRow& Board::pair_of(const DepartmentId& from, const DepartmentId& to) {
  return pairs_.upsert(kit::joined_key(from.value, to.value));
}

PeriodRow& Board::period_of(const CaseEvent& event, const OpenRow* open) {
  return periods_.upsert(
      kit::period_key(event.occurred_at, open != nullptr ? open->to.department_id.value : ""));
}

// A → B → A over the departments of a case, neighbouring repeats taken as one, is a ping-pong.
void Board::enter(CaseRow& row, const DepartmentId& department) {
  if (row.department == department.value) return;
  if (row.previous_department == department.value) {
    auto& totals = totals_.edit();
    ++totals.ping_pongs;
    if (++row.ping_pongs == 1) ++totals.cases_with_ping_pongs;
  }
  row.previous_department = std::move(row.department);
  row.department = department.value;
}

void Board::leave(CaseRow& row, const CaseEvent& event, const HandoffId& handoff) {
  open_.erase(kit::joined_key(event.case_id.value, handoff.value));
  std::erase(row.open_handoffs, handoff.value);
}

// A new handoff takes the place of one that came back.
void Board::leave_returned(CaseRow& row, const CaseEvent& event) {
  std::erase_if(row.open_handoffs, [&](const std::string& handoff) {
    const auto key = kit::joined_key(event.case_id.value, handoff);
    const auto* open = open_.find(key);
    const bool returned = open == nullptr || open->state == State::returned || open->state == State::disputed;
    if (returned) open_.erase(key);
    return returned;
  });
}

void Board::leave_all(const CaseEvent& event) {
  const auto* known = cases_.find(event.case_id.value);
  if (known == nullptr || known->open_handoffs.empty()) return;
  auto& row = case_of(event);
  for (const auto& handoff : row.open_handoffs) open_.erase(kit::joined_key(event.case_id.value, handoff));
  row.open_handoffs.clear();
}

void Board::work_goes_on(const CaseRow& row, const CaseEvent& event) {
  for (const auto& handoff : row.open_handoffs) {
    const auto key = kit::joined_key(event.case_id.value, handoff);
    const auto* open = open_.find(key);
    if (open != nullptr && open->state == State::accepted) open_.upsert(key).state = State::working;
  }
}

void Board::customer_told(CaseRow& row, const CaseEvent& event) {
  if (!row.answer_due || row.facts.owner != event.actor.id) return;
  row.answer_due = false;
  ++totals_.edit().answered_by_owner;
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
  auto& row = relisted_case_of(event);
  row.facts.learn(fact);
  row.owner_left = row.owner_left || fact.reason_code == OwnerChangeReason::left_company;
}

void Board::on(const AssignmentMade& fact, const CaseEvent& event) {
  enter(case_of(event), fact.department_id);
}

void Board::on(const WorkStarted&, const CaseEvent& event) { work_goes_on(case_of(event), event); }

void Board::on(const MessageSent&, const CaseEvent& event) {
  auto& row = case_of(event);
  work_goes_on(row, event);
  customer_told(row, event);
}

void Board::on(const ProgressReported& fact, const CaseEvent& event) {
  auto& row = case_of(event);
  row.last_progress_at = event.occurred_at;
  row.last_progress = kit::without_person(fact.pii).text;
  work_goes_on(row, event);
  customer_told(row, event);
}

void Board::on(const HandoffRequested& fact, const CaseEvent& event) {
  auto& row = case_of(event);
  const bool is_question = fact.mode == HandoffMode::question;
  if (!is_question) leave_returned(row, event);
  if (std::ranges::find(row.open_handoffs, fact.handoff_id.value) == row.open_handoffs.end())
    row.open_handoffs.push_back(fact.handoff_id.value);

  auto& open = open_.upsert(kit::joined_key(event.case_id.value, fact.handoff_id.value));
  open = OpenRow{.state = is_question ? State::asked : State::pending,
                 .kind = fact.kind,
                 .from = fact.from,
                 .to = fact.to,
                 .reason = fact.reason_code,
                 .step_reached = fact.step_reached,
                 .duty_id = fact.duty_id,
                 .note = kit::without_person(fact.pii),
                 .waiting_since = event.occurred_at,
                 .accept_by = fact.accept_by,
                 .complete_by = std::nullopt,
                 .mode = fact.mode.value_or(HandoffMode::transfer)};

  ++totals_.edit().requested;
  ++period_of(event, &open).requested;
  if (fact.kind == HandoffKind::shift) ++totals_.edit().shift_requested;
  if (is_question) ++totals_.edit().questions;
  ++pair_of(fact.from.department_id, fact.to.department_id).requested;
  if (fact.duty_id) ++duties_.upsert(fact.duty_id->value).applied;
}

void Board::count_acceptance(const OpenRow& open, const HandoffAccepted& fact, const CaseEvent& event) {
  auto& pair = pair_of(open.from.department_id, fact.by.department_id);
  auto& period = period_of(event, &open);
  ++pair.accepted;
  if (open.accept_by) {
    const bool in_time = event.occurred_at <= *open.accept_by;
    ++(in_time ? pair.in_time : pair.late);
    ++(in_time ? period.in_time : period.late);
  }
  if (event.actor.kind == ActorKind::import_) return;
  const auto took = (event.occurred_at - open.waiting_since).count();
  totals_.edit().acceptance_ms.add(took);
  period.acceptance_ms.add(took);
}

void Board::on(const HandoffAccepted& fact, const CaseEvent& event) {
  auto& row = case_of(event);
  auto& totals = totals_.edit();
  ++totals.handoffs;
  if (row.handoffs == 0) ++totals.cases_with_handoffs;
  if (row.handoffs > 0) totals.hops.remove(row.handoffs);
  totals.hops.add(++row.handoffs);

  auto* open = open_of(event, fact.handoff_id);
  if (open != nullptr) {
    open->to = fact.by;
    count_acceptance(*open, fact, event);
    open->state = State::accepted;
    open->complete_by = fact.complete_by;
  }
  ++period_of(event, open).accepted;
  enter(row, fact.by.department_id);
  // Nobody will report the completion of a handoff that happened elsewhere, or of a change of shift.
  if (event.actor.kind == ActorKind::import_ || !fact.complete_by) leave(row, event, fact.handoff_id);
}

void Board::on(const HandoffReturned& fact, const CaseEvent& event) {
  auto& row = relisted_case_of(event);
  auto& totals = totals_.edit();
  ++totals.returned;
  ++totals.returns_because[std::string(fact.reason_code.text())];
  if (fact.duty_id) ++duties_.upsert(fact.duty_id->value).cited_in_returns;
  auto* open = open_of(event, fact.handoff_id);
  ++period_of(event, open).returned;
  if (open != nullptr && open->mode == HandoffMode::question) {
    ++pair_of(open->from.department_id, open->to.department_id).returned;
    return leave(row, event, fact.handoff_id);
  }
  ++row.bounces;
  row.last_return_reason = fact.reason_code;
  if (open == nullptr) return;
  open->state = fact.limit_reached.value_or(fact.bounce_no > 1) ? State::disputed : State::returned;
  if (open->kind == HandoffKind::shift && fact.reason_code == ReturnReason::incomplete)
    ++totals.shift_incomplete;
  ++pair_of(open->from.department_id, open->to.department_id).returned;
}

void Board::on(const HandoffExpired& fact, const CaseEvent& event) {
  ++totals_.edit().expired;
  auto* open = open_of(event, fact.handoff_id);
  ++period_of(event, open).expired;
  if (open != nullptr) open->expired = true;
}

void Board::on(const HandoffRuled& fact, const CaseEvent& event) {
  ++totals_.edit().ruled;
  ++duties_.upsert(fact.duty_id.value).rulings;
  auto* open = open_of(event, fact.handoff_id);
  if (open != nullptr) {
    open->state = State::ruled;
    open->to = Party{.department_id = fact.ruling_department, .agent_id = std::nullopt};
    open->duty_id = fact.duty_id;
    open->accept_by = fact.accept_by;
    open->expired = false;
  }
  ++period_of(event, open).ruled;
}

void Board::on(const HandoffCompleted& fact, const CaseEvent& event) {
  auto& row = case_of(event);
  auto& totals = totals_.edit();
  ++totals.completed;
  if (fact.pii) {
    ++totals.answered;
  } else {
    if (!row.answer_due) ++totals.answers_due;
    row.answer_due = true;
  }
  ++period_of(event, open_of(event, fact.handoff_id)).completed;
  leave(row, event, fact.handoff_id);
}

void Board::on(const HandoffWithdrawn& fact, const CaseEvent& event) {
  ++totals_.edit().withdrawn;
  ++period_of(event, open_of(event, fact.handoff_id)).withdrawn;
  leave(case_of(event), event, fact.handoff_id);
}

void Board::on(const CaseResolved&, const CaseEvent& event) { leave_all(event); }

void Board::on(const CaseClosed&, const CaseEvent& event) { leave_all(event); }

void Board::on(const CaseReopened&, const CaseEvent& event) {
  if (++case_of(event).reopenings == 1) ++totals_.edit().reopened_cases;
}

void Board::on(const CustomerErased& fact, const CaseEvent& event) {
  auto& row = relisted_case_of(event);
  row.facts.learn(fact);
  kit::erase_texts(row.last_progress);
  for (const auto& handoff : row.open_handoffs) {
    if (auto* open = open_of(event, HandoffId{handoff})) kit::erase_texts(open->note);
  }
}

}  // namespace casetrail::handoff
