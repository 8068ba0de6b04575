// How each event moves the list of cases.
#include "projections/cases/board.h"

#include "aggregates/case/evolve.h"
#include "events/case/callback.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"
#include "projections/cases/lists.h"
#include "projections/kit/contact.h"
#include "projections/kit/histogram.h"
#include "projections/kit/periods.h"

namespace casetrail::cases {

Board::Board(const kit::Rows& rows)
    : rows_(rows),
      cases_(rows, kCases, [](std::string_view, const CaseRow& row) { return places_of(row); }),
      periods_(rows, kit::kPeriods),
      totals_(rows, kTotals) {}

void Board::apply(const CaseEvent& event) {
  auto& row = cases_.upsert(row_key(event.case_id.value));
  const bool answered = row.first_response_at.has_value();
  if (const auto* registered = event.event.get_if<RequestRegistered>()) {
    if (!row.state.registered_at) ++totals_.edit().registered;
    keep_keys(row, registered->pii.contacts);
  } else if (const auto* amended = event.event.get_if<RequestAmended>()) {
    if (amended->pii && amended->pii->contacts) keep_keys(row, *amended->pii->contacts);
  }
  row.take(event);
  count(event, row, row.first_response_at && !answered);
}

void Board::keep_keys(CaseRow& row, const std::vector<std::string>& contacts) {
  row.contact_keys.clear();
  for (const auto& contact : contacts) {
    // One that was erased finds nobody.
    if (!contact.empty()) row.contact_keys.push_back(kit::contact_key(rows_.secret(), contact));
  }
}

void Board::count(const CaseEvent& event, const CaseRow& row, bool first_answer) {
  const auto at = time_of(event);
  const auto period = [&]() -> PeriodRow& { return periods_.upsert(kit::period_key(at, row.department())); };
  if (first_answer) period().first_response_ms.add((at - row.cycle_began).count());
  if (event.event.get_if<RequestRegistered>() != nullptr) {
    ++period().registered;
  } else if (const auto* resolved = event.event.get_if<CaseResolved>()) {
    ++period().resolved;
    period().solved += resolved->counts_as_solved.value_or(true) ? 1 : 0;
    period().resolve_ms.add((at - row.cycle_began).count());
  } else if (event.event.get_if<CaseClosed>() != nullptr) {
    ++period().closed;
  } else if (event.event.get_if<CaseReopened>() != nullptr) {
    ++period().reopened;
    ++totals_.edit().reopened;
  } else if (const auto* met = event.event.get_if<SlaTargetMet>()) {
    ++period().targets_met;
    kit::count_at(totals_.edit().targets_met, static_cast<std::size_t>(met->metric));
  } else if (const auto* missed = event.event.get_if<SlaTargetMissed>()) {
    ++period().targets_breached;
    kit::count_at(totals_.edit().breaches, breach_index(missed->metric, row.state.priority));
  } else if (const auto* excused = event.event.get_if<SlaExcused>()) {
    ++period().targets_excused;
    kit::count_at(totals_.edit().excused, static_cast<std::size_t>(excused->metric));
  } else if (const auto* told = event.event.get_if<CallbackCompleted>()) {
    period().answered += told->answers.satisfied ? 1 : 0;
    period().satisfied += told->answers.satisfied.value_or(false) ? 1 : 0;
  }
}

void Board::write_changes(const kit::RowSink& sink) {
  cases_.list_changes();
  cases_.write_changes(sink);
  periods_.write_changes(sink);
  totals_.write_changes(sink);
  cases_.write_lists(sink);
}

}  // namespace casetrail::cases
