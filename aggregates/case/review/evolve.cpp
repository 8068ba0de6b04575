// What the events of a quality review make of a case.
#include "aggregates/case/evolve.h"

#include <algorithm>

#include "events/case/review.h"
#include "events/wire/digest.h"

namespace casetrail {

namespace {

ReviewRegion* find_review(CaseState& state, const ReviewId& id) {
  const auto found = std::ranges::find(state.reviews, id, &ReviewRegion::review_id);
  return found == state.reviews.end() ? nullptr : &*found;
}

/// A card that named no items, or was not recorded with its review, has those that were scored.
void learn_card(ReviewRegion& review, const ReviewScored& event) {
  if (!review.card) review.card = ReviewCard{event.scorecard, {}, {}};
  if (!review.card->items.empty()) return;
  for (const auto& item : event.items) review.card->items.push_back({item.item, item.dimension, item.max});
}

}  // namespace

std::uint32_t lot_of(const CaseId& id) { return first_32_bits(digest_of({id.value})); }

void evolve(CaseState& state, const ReviewAssigned& event, const CaseEvent&) {
  count_minted(state.minted.reviews, event.review_id.value);
  auto* review = find_review(state, event.review_id);
  if (review == nullptr) review = &state.reviews.emplace_back();
  *review = {event.review_id, event.kind, event.reviewer_id, event.agent_id, false};
  review->card = event.card;
  review->department_id = event.department_id;
  review->as_of_seq = event.as_of_seq;
  review->calibrates = event.calibrates;
}

void evolve(CaseState& state, const ReviewSampleDrawn& event, const CaseEvent& envelope) {
  count_minted(state.minted.reviews, event.review_id.value);
  auto& review = state.reviews.emplace_back();
  review = {event.review_id, event.kind, {}, event.agent_id, false};
  review.department_id = event.department_id;
  review.drawn = event.sample;
  review.card = event.card;
  review.drawn_seq = envelope.seq;
}

void evolve(CaseState& state, const ReviewScored& event, const CaseEvent&) {
  if (auto* review = find_review(state, event.review_id)) {
    review->scored = true;
    review->scorecard = event.scorecard;
    review->items = event.items;
    learn_card(*review, event);
  }
}

void evolve(CaseState& state, const ReviewDisputed& event, const CaseEvent&) {
  if (auto* review = find_review(state, event.review_id)) review->dispute = ReviewDispute::open;
}

void evolve(CaseState& state, const ReviewDisputeResolved& event, const CaseEvent&) {
  if (auto* review = find_review(state, event.review_id)) {
    review->dispute = ReviewDispute::settled;
    if (event.items) review->items = *event.items;
  }
}

void evolve(CaseState& state, const ReviewCalibrated& event, const CaseEvent&) {
  if (auto* second = find_review(state, event.review_id)) second->settled = true;
  auto* first = find_review(state, event.first_id);
  if (first != nullptr && event.items) first->items = *event.items;
}

void evolve(CaseState&, const RecognitionGiven&, const CaseEvent&) {}

}  // namespace casetrail
