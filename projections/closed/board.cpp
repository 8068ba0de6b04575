// How each event moves the closures.
#include "projections/closed/board.h"

#include <algorithm>
#include <utility>

#include "events/wire/reflect.h"
#include "projections/closed/lists.h"
#include "projections/kit/fold.h"

namespace casetrail::closed {
namespace {

std::string closure_key(const CaseEvent& event, std::int32_t number) {
  return kit::joined_key(event.case_id.value, "e" + std::to_string(number));
}

SumRow sum_of(const ClosureRow& row) {
  SumRow sum;
  sum.closed = 1;
  sum.first_contact = row.first_contact ? 1 : 0;
  sum.sla_met = row.is_sla_met() == true ? 1 : 0;
  sum.sla_missed = row.is_sla_met() == false ? 1 : 0;
  if (row.resolve_ms) {
    sum.resolved = 1;
    sum.resolved_ms = *row.resolve_ms;
    sum.resolve_ms.add(*row.resolve_ms);
  }
  return sum;
}

}  // namespace

Board::Board(const kit::Rows& rows)
    : cases_(rows, kCases),
      closures_(rows, kClosures,
                [this](std::string_view key, const ClosureRow& row) {
                  const auto* of_case = cases_.find(kit::split_key(key).first);
                  return places_of(row, of_case != nullptr ? *of_case : CaseRow());
                }),
      sums_(rows) {}

void Board::apply(const CaseEvent& event) {
  kit::fold_event<RequestEvents, AssignmentEvents, WorkEvents, HandoffEvents, TimerEvents, ResolutionEvents,
                  PrivacyEvents>(*this, event);
}

std::vector<std::string_view> ignored_events() {
  return kit::events_ignored_by<Board, RequestEvents, AssignmentEvents, WorkEvents, HandoffEvents,
                                TimerEvents, ResolutionEvents, PrivacyEvents>();
}

void Board::write_changes(const kit::RowSink& sink) {
  closures_.list_changes();
  cases_.write_changes(sink);
  closures_.write_changes(sink);
  sums_.write_changes(sink);
  closures_.write_lists(sink);
}

CaseRow& Board::relisted_case_of(const CaseEvent& event) {
  auto& row = case_of(event);
  for (std::int32_t number = 1; number <= row.closures; ++number)
    closures_.remember(closure_key(event, number));
  return row;
}

void Board::count(const ClosureRow& row, const SumRow& sum) {
  sums_.add(sum, row.closed_at, row.department);
  sums_.add_to(Tab::kinds, row.kind.text(), sum);
  if (row.department) sums_.add_to(Tab::departments, *row.department, sum);
}

void Board::on(const RequestRegistered& fact, const CaseEvent& event) {
  auto& row = relisted_case_of(event);
  row.facts.learn(fact);
  if (!row.began_at) row.began_at = event.occurred_at;
}

void Board::on(const HandoffAccepted& fact, const CaseEvent& event) {
  enter(fact.by.department_id, event);
  detour(event);
}

void Board::on(const MessageReceived&, const CaseEvent& event) { detour(event); }

void Board::on(const InfoRequested&, const CaseEvent& event) { detour(event); }

void Board::on(const WorkSuspended&, const CaseEvent& event) { detour(event); }

void Board::on(const WorkChased&, const CaseEvent& event) { detour(event); }

void Board::on(const ResolutionRejected&, const CaseEvent& event) {
  auto& row = case_of(event);
  row.detour = true;
  row.resolution.reset();
  row.resolved_at.reset();
}

void Board::on(const SlaTargetMet&, const CaseEvent& event) { ++case_of(event).targets_met; }

void Board::on(const SlaTargetMissed&, const CaseEvent& event) { ++case_of(event).targets_missed; }

void Board::on(const SlaExcused&, const CaseEvent& event) {
  auto& missed = case_of(event).targets_missed;
  missed = std::max(missed - 1, 0);
}

void Board::on(const CaseResolved& fact, const CaseEvent& event) {
  auto& row = case_of(event);
  row.resolution = fact.resolution_code;
  row.resolved_at = event.occurred_at;
}

void Board::on(const CaseClosed& fact, const CaseEvent& event) {
  auto& of_case = case_of(event);
  auto& row = closures_.insert(closure_key(event, ++of_case.closures));
  row.closed_at = event.occurred_at;
  row.basis = fact.basis;
  row.kind = of_case.facts.kind;
  row.department = of_case.department;
  row.owner = of_case.facts.owner;
  row.targets_met = of_case.targets_met;
  row.targets_missed = of_case.targets_missed;
  row.resolution = of_case.resolution;
  if (of_case.resolved_at && of_case.began_at)
    row.resolve_ms = std::max<std::int64_t>((*of_case.resolved_at - *of_case.began_at).count(), 0);
  row.first_contact = row.resolve_ms && !of_case.detour && of_case.closures == 1;
  count(row, sum_of(row));
}

// The next cycle begins; what was counted of the last one is in its closure.
void Board::on(const CaseReopened&, const CaseEvent& event) {
  auto& of_case = case_of(event);
  of_case.began_at = event.occurred_at;
  of_case.detour = true;
  of_case.resolution.reset();
  of_case.resolved_at.reset();
  of_case.targets_met = of_case.targets_missed = 0;
  auto* row = closures_.edit(closure_key(event, of_case.closures));
  if (row == nullptr || row->reopened_at) return;
  row->reopened_at = event.occurred_at;
  SumRow again;
  again.reopened = 1;
  count(*row, again);
}

}  // namespace casetrail::closed
