// Who reviews whose contact, and with which points.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/matrix.h"
#include "aggregates/case/review/commands.h"
#include "events/case/review.h"

namespace casetrail {
namespace {

/// Earned of applicable points x 1000 (GB/T 27922); nothing when no item applies.
std::optional<std::int32_t> total_permille(const std::vector<ScoreItem>& items) {
  std::int64_t earned = 0;
  std::int64_t possible = 0;
  bool failed = false;
  for (const auto& item : items) {
    failed = failed || item.auto_fail;
    if (!item.applicable) continue;
    earned += item.score;
    possible += item.max;
  }
  if (possible == 0) return std::nullopt;
  return failed ? 0 : static_cast<std::int32_t>(earned * 1000 / possible);
}

std::optional<Rejection> check_item(const ScoreItem& item, const ReviewRules& rules,
                                    std::string_view intent) {
  if (item.score < 0 || item.score > item.max)
    return refuse("score_out_of_range", intent, "'" + item.item + "' is scored beyond its points").error();
  const auto known = std::ranges::find(rules.items, item.item, &ScorecardItem::id);
  const bool fits = rules.items.empty() || (known != rules.items.end() && known->max == item.max);
  const bool may_fail = !item.auto_fail || rules.auto_fail.empty() ||
                        std::ranges::find(rules.auto_fail, item.item) != rules.auto_fail.end();
  if (fits && may_fail) return std::nullopt;
  return refuse("scorecard_mismatch", intent, "'" + item.item + "' is not so on the policy's scorecard")
      .error();
}

std::optional<Rejection> check_items(const ScoreReview& command, const ReviewRules& rules,
                                     std::string_view intent) {
  const bool same_card =
      command.scorecard.id == rules.scorecard.id && command.scorecard.version == rules.scorecard.version;
  if (!rules.items.empty() && !same_card)
    return refuse("scorecard_mismatch", intent, "the policy has scorecard '" + rules.scorecard.id + "'")
        .error();
  bool below = false;
  for (const auto& item : command.items) {
    if (auto refusal = check_item(item, rules, intent)) return refusal;
    below = below || (item.applicable && item.score < item.max);
  }
  if (below && command.pii.improvement_points.empty()) {
    return refuse("improvement_point_missing", intent, "points were taken off without a point to improve")
        .error();
  }
  return std::nullopt;
}

}  // namespace

Decision decide(const CaseState& state, const AssignReview& command, const Context&) {
  if (auto refusal = refusal_of(Step::review, state.status)) return std::unexpected(std::move(*refusal));
  if (command.reviewer_id == command.agent_id)
    return refuse("conflict_of_interest", "assign the review", "the reviewer is the agent himself");
  const bool assigned = std::ranges::any_of(state.reviews, [&](const ReviewRegion& review) {
    return !review.scored && review.kind == command.kind && review.reviewer_id == command.reviewer_id &&
           review.agent_id == command.agent_id;
  });
  if (assigned) return {};
  return std::vector<Event>{ReviewAssigned{ReviewId{"r" + std::to_string(state.minted.reviews + 1)},
                                           command.kind, command.reviewer_id, command.agent_id,
                                           command.department_id, command.badge_no, command.sample}};
}

Decision decide(const CaseState& state, const ScoreReview& command, const Context& context) {
  static constexpr auto kIntent = "score the review";
  if (auto refusal = refusal_of(Step::review, state.status)) return std::unexpected(std::move(*refusal));
  const auto review = std::ranges::find(state.reviews, command.review_id, &ReviewRegion::review_id);
  if (review == state.reviews.end())
    return refuse("review_unknown", kIntent, "the case has no review '" + command.review_id.value + "'");
  if (review->scored) return refuse("already_scored", kIntent, "it was scored already");
  const bool in_role = context.in_one_of(context.policy.roles.reviewer);
  if (context.by_person() && (review->reviewer_id != context.actor_id() || !in_role))
    return refuse("not_authorized", kIntent, "the actor is not its reviewer");
  if (auto refusal = check_items(command, context.policy.review, kIntent))
    return std::unexpected(std::move(*refusal));
  const auto total = total_permille(command.items);
  if (!total) return refuse("items_missing", kIntent, "no item applies");
  return std::vector<Event>{
      ReviewScored{command.review_id, command.scorecard, command.items, *total, command.pii}};
}

}  // namespace casetrail
