// What returns and visits make of a case.
#include "aggregates/case/evolve.h"

#include "events/case/errand.h"

namespace casetrail {
namespace {

ErrandRegion& errands_of(CaseState& state) {
  if (!state.errands) state.errands.emplace();
  return *state.errands;
}

void move_return(CaseState& state, const ReturnId& id, ReturnPhase to) {
  for (auto& goods : errands_of(state).returns) {
    if (goods.return_id == id) goods.phase = to;
  }
}

}  // namespace

void evolve(CaseState& state, const ReturnAuthorized& event, const CaseEvent&) {
  count_minted(state.minted.returns, event.return_id.value);
  errands_of(state).returns.push_back({event.return_id, ReturnPhase::authorized});
}

void evolve(CaseState& state, const ReturnReceived& event, const CaseEvent&) {
  move_return(state, event.return_id, ReturnPhase::received);
}

void evolve(CaseState& state, const ReturnInspected& event, const CaseEvent&) {
  move_return(state, event.return_id, ReturnPhase::inspected);
}

void evolve(CaseState& state, const WorkDispatched& event, const CaseEvent&) {
  count_minted(state.minted.visits, event.visit_id.value);
  errands_of(state).visits.push_back(
      {event.visit_id, event.technician_id, event.starts_at, event.ends_at, false});
}

void evolve(CaseState& state, const VisitCompleted& event, const CaseEvent&) {
  for (auto& visit : errands_of(state).visits) {
    if (visit.visit_id == event.visit_id) visit.over = true;
  }
}

}  // namespace casetrail
