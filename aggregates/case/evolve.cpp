// Hands an event to its overload.
#include "aggregates/case/evolve.h"

#include "aggregates/case/decider.h"
#include "events/case/all_events.h"

namespace casetrail {

void evolve(CaseState& state, const CaseEvent& event) {
  state.seq = event.seq;
  if (event.actor.kind != ActorKind::import_) state.lives_here = true;
  event.event.visit(AllEvents{}, [&](const auto& fact) { evolve(state, fact, event); });
}

}  // namespace casetrail
