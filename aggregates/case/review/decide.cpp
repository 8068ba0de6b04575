// Who reviews whose contact, and with which points.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/draft.h"
#include "aggregates/case/matrix.h"
#include "aggregates/case/review/commands.h"
#include "events/case/review.h"
#include "events/wire/digest.h"

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

/// Each item of the policy's card once; those that did not apply say so.
std::optional<Rejection> check_card(const std::vector<ScoreItem>& items, const ReviewRules& rules,
                                    std::string_view intent) {
  for (auto item = items.begin(); item != items.end(); ++item) {
    if (auto refusal = check_item(*item, rules, intent)) return refusal;
    if (std::ranges::find(items.begin(), item, item->item, &ScoreItem::item) != item)
      return refuse("item_repeated", intent, "'" + item->item + "' is scored twice").error();
  }
  for (const auto& asked : rules.items) {
    if (std::ranges::find(items, asked.id, &ScoreItem::item) != items.end()) continue;
    return refuse("items_missing", intent,
                  "'" + asked.id + "' of the card is not scored; say so where it is not applicable")
        .error();
  }
  if (!total_permille(items)) return refuse("items_missing", intent, "no item applies").error();
  return std::nullopt;
}

std::optional<Rejection> check_evidence(const std::vector<ScoreItem>& items, const CaseState& state,
                                        std::string_view intent) {
  for (const auto& item : items) {
    for (const auto seq : item.evidence.value_or(std::vector<std::int64_t>{})) {
      if (seq >= 1 && seq <= state.seq) continue;
      return refuse("evidence_unknown", intent, "the case has no event " + std::to_string(seq)).error();
    }
  }
  return std::nullopt;
}

bool lost_points(const ScoreItem& item) { return item.applicable && item.score < item.max; }

/// A point to improve for each item that lost some: by its name, or as many as there are.
std::optional<Rejection> check_improvements(const ScoreReview& command, std::string_view intent) {
  const auto by_item = command.pii.by_item.value_or(std::vector<ItemImprovement>{});
  for (auto point = by_item.begin(); point != by_item.end(); ++point) {
    const auto item = std::ranges::find(command.items, point->item, &ScoreItem::item);
    const bool is_again =
        std::ranges::find(by_item.begin(), point, point->item, &ItemImprovement::item) != point;
    if (item == command.items.end() || !lost_points(*item) || is_again)
      return refuse("improvement_point_misplaced", intent,
                    "'" + point->item + "' is no item that lost points, or is there twice")
          .error();
  }
  auto others = std::ranges::count_if(command.pii.improvement_points,
                                      [](const std::string& point) { return !point.empty(); });
  for (const auto& item : command.items) {
    if (!lost_points(item)) continue;
    const auto named = std::ranges::find(by_item, item.item, &ItemImprovement::item);
    if (named != by_item.end() && !named->text.empty()) continue;
    if (others == 0) {
      return refuse("improvement_point_missing", intent,
                    "'" + item.item + "' lost points without a point to improve")
          .error();
    }
    --others;
  }
  return std::nullopt;
}

bool is_card_of(const std::optional<Scorecard>& card, const ReviewRules& rules) {
  return card && card->id == rules.scorecard.id && card->version == rules.scorecard.version;
}

/// Who worked on the case last; nothing when nobody in person did.
std::optional<Party> worked_last(const CaseState& state) {
  const auto& [department, agent, offer, accepted, queued] = state.assignment;
  if (accepted && agent) return Party{department.value_or(DepartmentId{}), agent};
  const auto& [agents, departments] = state.handled_by;
  if (agents.empty()) return std::nullopt;
  return Party{departments.empty() ? DepartmentId{} : departments.back(), agents.back()};
}

bool fits(const SamplingRule& rule, const Party& worker, const CaseState& state) {
  const auto names = [](const auto& allowed, const auto& one) {
    return allowed.empty() || std::ranges::find(allowed, one) != allowed.end();
  };
  return (rule.kinds.empty() || is_one_of(rule.kinds, state)) &&
         names(rule.departments, worker.department_id) && names(rule.agents, *worker.agent_id);
}

/// `2026-11`, on the clocks of the zone.
std::string month_of(Timestamp at, const Zone& zone) {
  return to_wire(Timestamp{zone.to_local(at)}).substr(0, 7);
}

/// The scored review of this id, or what stands against acting on its score.
std::expected<const ReviewRegion*, Rejection> scored_review(const CaseState& state, const ReviewId& id,
                                                            std::string_view intent, Trace* trace) {
  if (auto refusal = refusal_of(Step::review, state.status, trace))
    return std::unexpected(std::move(*refusal));
  const auto review = std::ranges::find(state.reviews, id, &ReviewRegion::review_id);
  if (review == state.reviews.end())
    return refuse("review_unknown", intent, "the case has no review '" + id.value + "'");
  if (!review->scored) return refuse("not_scored", intent, "it was not scored yet");
  return &*review;
}

}  // namespace

void draw_review(Draft& draft, const CaseState& state, const Policy& policy) {
  const auto& rules = policy.review;
  const auto worker = worked_last(state);
  const bool waits =
      std::ranges::any_of(state.reviews, [](const ReviewRegion& review) { return review.drawn.has_value(); });
  if (!worker || waits) return;
  const auto rule = std::ranges::find_if(
      rules.sampling, [&](const SamplingRule& each) { return fits(each, *worker, state); });
  if (rule == rules.sampling.end()) return;
  // One of 2^32 points; the share of them that is drawn is that of the rule.
  const auto point = first_32_bits(
      digest_of({std::to_string(rules.seed), std::to_string(state.lot), std::to_string(state.cycle_no)}));
  if (std::uint64_t{point} * 100 >= static_cast<std::uint64_t>(rule->percent) << 32U) return;
  const auto period = month_of(draft.now(), policy.zone());
  const auto& department = worker->department_id;
  draft.add(ReviewSampleDrawn{
      ReviewId{"r" + std::to_string(state.minted.reviews + 1)}, rule->review, *worker->agent_id,
      department.empty() ? std::nullopt : std::optional(department),
      SampleOrigin{period + "/" + rule->group, period, rule->group, rules.seed, 0}, rule->percent});
}

Decision decide(const CaseState& state, const AssignReview& command, const Context& context) {
  if (auto refusal = refusal_of(Step::review, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("conflict_of_interest", command.reviewer_id == command.agent_id))
    return guard.refuse("assign the review", "the reviewer is the agent himself");
  const bool assigned = std::ranges::any_of(state.reviews, [&](const ReviewRegion& review) {
    return !review.scored && review.kind == command.kind && review.reviewer_id == command.reviewer_id &&
           review.agent_id == command.agent_id;
  });
  if (assigned) return {};
  ReviewAssigned event{ReviewId{"r" + std::to_string(state.minted.reviews + 1)},
                       command.kind,
                       command.reviewer_id,
                       command.agent_id,
                       command.department_id,
                       command.badge_no,
                       command.sample};
  const auto drawn = std::ranges::find_if(state.reviews, [&](const ReviewRegion& review) {
    return review.drawn && review.agent_id == command.agent_id && review.kind == command.kind;
  });
  if (drawn != state.reviews.end() && !command.sample) {
    event.review_id = drawn->review_id;
    event.sample = drawn->drawn;
  }
  return std::vector<Event>{std::move(event)};
}

Decision decide(const CaseState& state, const ScoreReview& command, const Context& context) {
  static constexpr auto kIntent = "score the review";
  if (auto refusal = refusal_of(Step::review, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto review = std::ranges::find(state.reviews, command.review_id, &ReviewRegion::review_id);
  if (const auto guard = context.guard("review_unknown", review == state.reviews.end()))
    return guard.refuse(kIntent, "the case has no review '" + command.review_id.value + "'");
  if (const auto guard = context.guard("already_scored", review->scored))
    return guard.refuse(kIntent, "it was scored already");
  if (const auto guard = context.guard("review_unassigned", review->drawn.has_value()))
    return guard.refuse(kIntent, "no reviewer has it yet; assign it first");
  const bool in_role = context.in_one_of(context.policy.roles.reviewer);
  if (const auto guard = context.guard(
          "not_authorized", context.by_person() && (review->reviewer_id != context.actor_id() || !in_role)))
    return guard.refuse(kIntent, "the actor is not its reviewer");
  const auto& rules = context.policy.review;
  if (const auto guard =
          context.guard("scorecard_mismatch", !rules.items.empty() && !is_card_of(command.scorecard, rules)))
    return guard.refuse(kIntent, "the policy has scorecard '" + rules.scorecard.id + "'");
  if (auto refusal = check_card(command.items, rules, kIntent)) return std::unexpected(std::move(*refusal));
  if (auto refusal = check_evidence(command.items, state, kIntent))
    return std::unexpected(std::move(*refusal));
  if (auto refusal = check_improvements(command, kIntent)) return std::unexpected(std::move(*refusal));
  return std::vector<Event>{ReviewScored{command.review_id, command.scorecard, command.items,
                                         *total_permille(command.items), command.pii}};
}

Decision decide(const CaseState& state, const DisputeReview& command, const Context& context) {
  static constexpr auto kIntent = "dispute the review";
  const auto review = scored_review(state, command.review_id, kIntent, context.trace);
  if (!review) return std::unexpected(review.error());
  if (const auto guard =
          context.guard("not_authorized", context.by_person() && (*review)->agent_id != context.actor_id()))
    return guard.refuse(kIntent, "the actor is not the agent who was reviewed");
  if ((*review)->dispute == ReviewDispute::open) return {};
  if (const auto guard = context.guard("dispute_settled", (*review)->dispute.has_value()))
    return guard.refuse(kIntent, "its dispute was decided already");
  if (const auto guard = context.guard("reason_required", command.pii.text.empty()))
    return guard.refuse(kIntent, "there is no reason");
  return std::vector<Event>{ReviewDisputed{command.review_id, command.pii}};
}

Decision decide(const CaseState& state, const ResolveReviewDispute& command, const Context& context) {
  static constexpr auto kIntent = "decide the dispute";
  const auto found = scored_review(state, command.review_id, kIntent, context.trace);
  if (!found) return std::unexpected(found.error());
  const auto& review = **found;
  if (const auto guard = context.guard(
          "not_authorized", context.by_person() && !context.in_one_of(context.policy.roles.reviewer)))
    return guard.refuse(kIntent, "the actor is no reviewer");
  if (const auto guard = context.guard("conflict_of_interest",
                                       context.by_person() && (review.reviewer_id == context.actor_id() ||
                                                               review.agent_id == context.actor_id())))
    return guard.refuse(kIntent, "the actor gave the score or was given it");
  if (const auto guard = context.guard("not_disputed", !review.dispute))
    return guard.refuse(kIntent, "nobody disputed it");
  if (const auto guard = context.guard("dispute_settled", review.dispute == ReviewDispute::settled))
    return guard.refuse(kIntent, "it was decided already");
  if (const auto guard = context.guard("reason_required", command.pii.text.empty()))
    return guard.refuse(kIntent, "there is no reason");
  ReviewDisputeResolved event{command.review_id, command.outcome, {}, {}, command.pii};
  const auto items = command.items.value_or(std::vector<ScoreItem>{});
  if (command.outcome == DisputeOutcome::confirmed) {
    if (const auto guard = context.guard("items_unexpected", !items.empty()))
      return guard.refuse(kIntent, "a score that stands has no other items");
    return std::vector<Event>{std::move(event)};
  }
  // Of a card that the policy has replaced since, the items are what the reviewer says.
  const auto& now = context.policy.review;
  if (auto refusal = check_card(items, is_card_of(review.scorecard, now) ? now : ReviewRules{}, kIntent))
    return std::unexpected(std::move(*refusal));
  if (auto refusal = check_evidence(items, state, kIntent)) return std::unexpected(std::move(*refusal));
  event.total_permille = total_permille(items);
  event.items = items;
  return std::vector<Event>{std::move(event)};
}

Decision decide(const CaseState& state, const GiveRecognition& command, const Context& context) {
  static constexpr auto kIntent = "thank the agent";
  if (auto refusal = refusal_of(Step::review, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("conflict_of_interest",
                                       context.by_person() && command.agent_id == context.actor_id()))
    return guard.refuse(kIntent, "the actor is the agent");
  const auto is_named = [&](const ReviewRegion& review) { return review.review_id == command.review_id; };
  if (const auto guard =
          context.guard("review_unknown", command.review_id && std::ranges::none_of(state.reviews, is_named)))
    return guard.refuse(kIntent, "the case has no review '" + command.review_id->value + "'");
  if (const auto guard = context.guard("reason_required", command.pii.text.empty()))
    return guard.refuse(kIntent, "there is no reason");
  return std::vector<Event>{RecognitionGiven{command.agent_id, command.review_id, command.pii}};
}

}  // namespace casetrail
