// How each event moves the list of cases.
#include "projections/cases/board.h"

#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"
#include "projections/cases/lists.h"
#include "projections/kit/contact.h"
#include "projections/kit/histogram.h"

namespace casetrail::cases {

Board::Board(const kit::Rows& rows)
    : rows_(rows),
      cases_(rows, kCases, [](std::string_view, const CaseRow& row) { return places_of(row); }),
      totals_(rows, kTotals) {}

void Board::apply(const CaseEvent& event) {
  auto& row = cases_.upsert(row_key(event.case_id.value));
  const bool known = row.state.registered_at.has_value();
  row.take(event);
  if (const auto* registered = event.event.get_if<RequestRegistered>()) {
    if (!known) ++totals_.edit().registered;
    row.contact_keys.clear();
    for (const auto& contact : registered->pii.contacts)
      row.contact_keys.push_back(kit::contact_key(rows_.secret(), contact));
  }
  if (event.event.get_if<CaseReopened>() != nullptr) ++totals_.edit().reopened;
  if (const auto* met = event.event.get_if<SlaTargetMet>())
    kit::count_at(totals_.edit().targets_met, static_cast<std::size_t>(met->metric));
  if (const auto* missed = event.event.get_if<SlaTargetMissed>())
    kit::count_at(totals_.edit().breaches, breach_index(missed->metric, row.state.priority));
}

void Board::write_changes(const kit::RowSink& sink) {
  cases_.list_changes();
  cases_.write_changes(sink);
  totals_.write_changes(sink);
  cases_.write_lists(sink);
}

}  // namespace casetrail::cases
