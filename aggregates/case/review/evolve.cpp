// What the events of a quality review make of a case.
#include "aggregates/case/evolve.h"

#include <algorithm>

#include "events/case/review.h"

namespace casetrail {

void evolve(CaseState& state, const ReviewAssigned& event, const CaseEvent&) {
  count_minted(state.minted.reviews, event.review_id.value);
  state.reviews.push_back({event.review_id, event.kind, event.reviewer_id, event.agent_id, false});
}

void evolve(CaseState& state, const ReviewScored& event, const CaseEvent&) {
  const auto found = std::ranges::find(state.reviews, event.review_id, &ReviewRegion::review_id);
  if (found != state.reviews.end()) found->scored = true;
}

}  // namespace casetrail
