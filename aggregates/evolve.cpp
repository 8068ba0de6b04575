// Hands an event to its overload.
#include "aggregates/evolve.h"

#include <variant>

#include "aggregates/decider.h"

namespace casetrail {

void evolve(CaseState& state, const CaseEvent& event) {
  state.seq = event.seq;
  if (event.actor.kind != ActorKind::import_) state.lives_here = true;
  std::visit([&](const auto& fact) { evolve(state, fact, event); }, event.event);
}

}  // namespace casetrail
