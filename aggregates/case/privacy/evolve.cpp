// What holds and erasures make of a case.
#include "aggregates/case/evolve.h"

#include "events/case/privacy.h"

namespace casetrail {
namespace {

PrivacyRegion& region_in(CaseState& state) {
  return state.privacy ? *state.privacy : state.privacy.emplace();
}

}  // namespace

void evolve(CaseState& state, const ErasureRequested& event, const CaseEvent& record) {
  region_in(state).waiting = {.legal_basis = event.legal_basis,
                              .reason = event.reason,
                              .requested_at = time_of(record),
                              .due_at = event.due_at};
}

void evolve(CaseState& state, const CustomerErased& event, const CaseEvent& record) {
  auto& privacy = region_in(state);
  privacy.waiting.reset();
  state.known = {.product_model = state.known.product_model, .order_ref = state.known.order_ref};
  privacy.erased = {.at_event = record.seq,
                    .at = time_of(record),
                    .by = to_wire(record.actor),
                    .legal_basis = event.legal_basis,
                    .reason = event.reason};
}

void evolve(CaseState& state, const HoldPlaced& event, const CaseEvent& record) {
  region_in(state).hold = {.at = time_of(record), .reason = event.reason};
}

void evolve(CaseState& state, const HoldReleased&, const CaseEvent&) { region_in(state).hold.reset(); }

}  // namespace casetrail
