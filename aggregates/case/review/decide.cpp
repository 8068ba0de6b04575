// Who reviews whose contact, and with which points.
#include "aggregates/case/decide.h"

#include <algorithm>
#include <cstdlib>

#include "aggregates/case/draft.h"
#include "aggregates/case/matrix.h"
#include "aggregates/case/review/commands.h"
#include "aggregates/case/review/score.h"
#include "events/case/review.h"
#include "events/wire/digest.h"
#include "events/wire/reflect.h"

namespace casetrail {
namespace {

std::string card_name(const Scorecard& card) {
  return "'" + card.id + "' version " + std::to_string(card.version);
}

/// Who worked on the case last; nothing when nobody in person did.
std::optional<Party> worked_last(const CaseState& state) {
  const auto& [department, agent, offer, accepted, queued] = state.assignment;
  if (accepted && agent) return Party{department.value_or(DepartmentId{}), agent};
  const auto& [agents, departments] = state.handled_by;
  if (agents.empty()) return std::nullopt;
  return Party{departments.empty() ? DepartmentId{} : departments.back(), agents.back()};
}

bool fits(const SamplingRule& rule, const Party& worker, const CaseState& state, const Policy& policy) {
  const auto names = [](const auto& allowed, const auto& one) {
    return allowed.empty() || std::ranges::find(allowed, one) != allowed.end();
  };
  return (rule.kinds.empty() || is_one_of(rule.kinds, state, policy)) &&
         names(rule.departments, worker.department_id) && names(rule.agents, *worker.agent_id);
}

/// `2026-11`, on the clocks of the zone.
std::string month_of(Timestamp at, const Zone& zone) {
  return to_wire(Timestamp{zone.to_local(at)}).substr(0, 7);
}

/// The review of this id; nullptr when the case has none.
const ReviewRegion* find_review(const CaseState& state, const ReviewId& id) {
  const auto found = std::ranges::find(state.reviews, id, &ReviewRegion::review_id);
  return found == state.reviews.end() ? nullptr : &*found;
}

/// The review of this id, or what stands against doing anything with it.
std::expected<const ReviewRegion*, Rejection> known_review(const CaseState& state, const ReviewId& id,
                                                           std::string_view intent, const Context& context) {
  if (auto refusal = refusal_of(Step::review, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto* review = find_review(state, id);
  if (const auto guard = context.guard("review_unknown", review == nullptr, [&] { return id.value; }))
    return guard.refuse(intent, "the case has no review '" + id.value + "'");
  return review;
}

// Of guards that look at a review.
auto name_or_none(const std::optional<ReviewId>& id) {
  return [&id] { return id ? id->value : std::string("none"); };
}

auto reviewer_of(const ReviewRegion& review) {
  return [&review] { return review.reviewer_id ? review.reviewer_id->value : std::string("nobody"); };
}

auto dispute_of(const ReviewRegion& review) {
  return [&review] { return review.dispute ? name_of(*review.dispute) : std::string_view("none"); };
}

/// What an item earned; nothing when it did not apply.
std::optional<std::int32_t> points_of(const ScoreItem& item) {
  return item.applicable ? std::optional(item.score) : std::nullopt;
}

const ScoreItem* find_item(const std::vector<ScoreItem>& items, const std::string& name) {
  const auto found = std::ranges::find(items, name, &ScoreItem::item);
  return found == items.end() ? nullptr : &*found;
}

/// The items that were not scored alike, and what stands of each.
std::vector<ScoreDifference> differences_of(const std::vector<ScoreItem>& first,
                                            const std::vector<ScoreItem>& second,
                                            const std::vector<ScoreItem>& settled) {
  const auto points_in = [](const std::vector<ScoreItem>& items, const std::string& name) {
    const auto* item = find_item(items, name);
    return item == nullptr ? std::nullopt : points_of(*item);
  };
  std::vector<ScoreDifference> differences;
  for (const auto& item : second) {
    const auto* before = find_item(first, item.item);
    if (before != nullptr && points_of(*before) == points_of(item) && before->auto_fail == item.auto_fail)
      continue;
    differences.push_back(
        {item.item, points_in(first, item.item), points_of(item), points_in(settled, item.item)});
  }
  return differences;
}

/// Of the second of two reviews: both were scored, and nothing stands against settling them.
std::optional<Rejection> check_pair(const ReviewRegion& first, const ReviewRegion& second,
                                    std::string_view intent, const Context& context) {
  for (const auto* review : {&first, &second}) {
    if (const auto guard =
            context.guard("not_scored", !review->scored, [&] { return review->review_id.value; }))
      return guard.refuse(intent, "'" + review->review_id.value + "' was not scored yet").error();
  }
  if (const auto guard =
          context.guard("already_calibrated", second.settled, [&] { return second.review_id.value; }))
    return guard.refuse(intent, "it was settled already").error();
  if (const auto guard = context.guard("review_disputed", first.dispute.has_value(), dispute_of(first)))
    return guard.refuse(intent, "the agent disputed '" + first.review_id.value + "', and that decides")
        .error();
  if (const auto guard = context.guard(
          "not_authorized", context.by_person() && !context.in_one_of(context.policy.roles.reviewer),
          [&] { return context.actor().role.value_or(""); }))
    return guard.refuse(intent, "the actor is no reviewer").error();
  if (const auto guard = context.guard("conflict_of_interest",
                                       context.by_person() && (first.reviewer_id == context.actor_id() ||
                                                               first.agent_id == context.actor_id()),
                                       [&] { return to_wire(context.actor()); }))
    return guard.refuse(intent, "the actor gave the first score or was given it").error();
  return std::nullopt;
}

/// The scored review of this id, or what stands against acting on its score.
std::expected<const ReviewRegion*, Rejection> scored_review(const CaseState& state, const ReviewId& id,
                                                            std::string_view intent, const Context& context) {
  auto review = known_review(state, id, intent, context);
  if (!review) return review;
  if (const auto guard = context.guard("not_scored", !(*review)->scored, [&] { return id.value; }))
    return guard.refuse(intent, "it was not scored yet");
  return review;
}

}  // namespace

void draw_review(Draft& draft, const CaseState& state, const Policy& policy) {
  const auto& rules = policy.review;
  if (rules.sampling.empty()) return;
  const auto worker = worked_last(state);
  const bool waits =
      std::ranges::any_of(state.reviews, [](const ReviewRegion& review) { return review.drawn.has_value(); });
  const auto rule = std::ranges::find_if(
      rules.sampling, [&](const SamplingRule& each) { return worker && fits(each, *worker, state, policy); });
  const bool is_asked = worker && !waits && rule != rules.sampling.end();
  // One of 2^32 points; the share of them that is drawn is that of the rule.
  const std::uint64_t point = first_32_bits(
      digest_of({std::to_string(rules.seed), std::to_string(state.lot), std::to_string(state.cycle_no)}));
  const auto percent = static_cast<std::int32_t>(point * 100 >> 32U);
  draft.chose("review_sample", [&]() -> std::string {
    if (!worker) return "none: nobody in person worked on it";
    if (waits) return "none: one that was drawn has no reviewer yet";
    if (!is_asked) return "none: no rule of the sampling fits";
    return rule->group + (percent < rule->percent ? ": drawn, " : ": not drawn, ") + std::to_string(percent) +
           " of 100, where those below " + std::to_string(rule->percent) + " are";
  });
  if (!is_asked || percent >= rule->percent) return;
  const auto period = month_of(draft.now(), policy.zone());
  const auto& department = worker->department_id;
  draft.add(ReviewSampleDrawn{ReviewId{"r" + std::to_string(state.minted.reviews + 1)}, rule->review,
                              *worker->agent_id,
                              department.empty() ? std::nullopt : std::optional(department),
                              SampleOrigin{period + "/" + rule->group, period, rule->group, rules.seed, 0},
                              rule->percent, card_of(rules)});
}

Decision decide(const CaseState& state, const AssignReview& command, const Context& context) {
  if (auto refusal = refusal_of(Step::review, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("conflict_of_interest", command.reviewer_id == command.agent_id,
                                       [&] { return command.agent_id.value; }))
    return guard.refuse("assign the review", "the reviewer is the agent himself");
  const bool assigned = std::ranges::any_of(state.reviews, [&](const ReviewRegion& review) {
    return !review.scored && review.kind == command.kind && review.reviewer_id == command.reviewer_id &&
           review.agent_id == command.agent_id && !review.calibrates;
  });
  if (assigned) return {};
  ReviewAssigned event{ReviewId{"r" + std::to_string(state.minted.reviews + 1)},
                       command.kind,
                       command.reviewer_id,
                       command.agent_id,
                       command.department_id,
                       command.badge_no,
                       command.sample,
                       card_of(context.policy.review),
                       state.seq};
  const auto drawn = std::ranges::find_if(state.reviews, [&](const ReviewRegion& review) {
    return review.drawn && review.agent_id == command.agent_id && review.kind == command.kind;
  });
  if (drawn != state.reviews.end() && !command.sample) {
    event.review_id = drawn->review_id;
    if (!event.department_id) event.department_id = drawn->department_id;
    event.sample = drawn->drawn;
    event.card = drawn->card;
    event.as_of_seq = drawn->drawn_seq;
  }
  return std::vector<Event>{std::move(event)};
}

Decision decide(const CaseState& state, const AssignSecondReview& command, const Context& context) {
  static constexpr auto kIntent = "assign a second review";
  const auto known = known_review(state, command.review_id, kIntent, context);
  if (!known) return std::unexpected(known.error());
  const auto* first = *known;
  if (const auto guard =
          context.guard("second_review", first->calibrates.has_value(), name_or_none(first->calibrates)))
    return guard.refuse(kIntent, "it is itself the second review of '" + first->calibrates->value + "'");
  if (const auto guard = context.guard("review_unassigned", first->drawn.has_value(), reviewer_of(*first)))
    return guard.refuse(kIntent, "no reviewer has the first one yet; assign it first");
  if (const auto guard =
          context.guard("conflict_of_interest",
                        command.reviewer_id == first->agent_id || command.reviewer_id == first->reviewer_id,
                        [&] { return command.reviewer_id.value; }))
    return guard.refuse(kIntent, "the reviewer is the agent, or has the first review");
  const bool assigned = std::ranges::any_of(state.reviews, [&](const ReviewRegion& review) {
    return !review.scored && review.calibrates == command.review_id &&
           review.reviewer_id == command.reviewer_id;
  });
  if (assigned) return {};
  ReviewAssigned event{ReviewId{"r" + std::to_string(state.minted.reviews + 1)},
                       first->kind,
                       command.reviewer_id,
                       first->agent_id,
                       first->department_id,
                       {},
                       {}};
  event.card = first->card;
  event.as_of_seq = first->as_of_seq;
  event.calibrates = first->review_id;
  return std::vector<Event>{std::move(event)};
}

Decision decide(const CaseState& state, const CalibrateReview& command, const Context& context) {
  static constexpr auto kIntent = "calibrate the review";
  const auto known = known_review(state, command.review_id, kIntent, context);
  if (!known) return std::unexpected(known.error());
  const auto* second = *known;
  const auto* first = second->calibrates ? find_review(state, *second->calibrates) : nullptr;
  if (const auto guard =
          context.guard("no_second_review", first == nullptr, name_or_none(second->calibrates)))
    return guard.refuse(kIntent, "it is not the second review of a contact; assign one first");
  if (auto refusal = check_pair(*first, *second, kIntent, context))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("reason_required", command.pii.text.empty()))
    return guard.refuse(kIntent, "there is no reason");
  const auto& settled = command.items ? *command.items : first->items;
  ReviewCalibrated event{
      command.review_id,
      first->review_id,
      differences_of(first->items, second->items, settled),
      std::abs(total_permille(first->items).value_or(0) - total_permille(second->items).value_or(0)),
      command.items,
      {},
      command.pii};
  if (command.items) {
    const Score score{*command.items, command.pii.by_item.value_or(std::vector<ItemImprovement>{}), {}};
    if (auto refusal = check_score(score, first->card.value_or(ReviewCard{}), state, context, kIntent))
      return std::unexpected(std::move(*refusal));
    event.total_permille = total_permille(*command.items);
  }
  return std::vector<Event>{std::move(event)};
}

Decision decide(const CaseState& state, const ScoreReview& command, const Context& context) {
  static constexpr auto kIntent = "score the review";
  const auto known = known_review(state, command.review_id, kIntent, context);
  if (!known) return std::unexpected(known.error());
  const auto* review = *known;
  if (const auto guard =
          context.guard("already_scored", review->scored, [&] { return review->review_id.value; }))
    return guard.refuse(kIntent, "it was scored already");
  if (const auto guard = context.guard("review_unassigned", review->drawn.has_value(), reviewer_of(*review)))
    return guard.refuse(kIntent, "no reviewer has it yet; assign it first");
  const bool in_role = context.in_one_of(context.policy.roles.reviewer);
  if (const auto guard = context.guard(
          "not_authorized", context.by_person() && (review->reviewer_id != context.actor_id() || !in_role),
          [&] { return to_wire(context.actor()); }))
    return guard.refuse(kIntent, "the actor is not its reviewer");
  const auto card = review->card.value_or(card_of(context.policy.review));
  const auto& named = command.scorecard;
  if (const auto guard = context.guard(
          "scorecard_mismatch",
          !card.items.empty() && (named.id != card.scorecard.id || named.version != card.scorecard.version),
          [&] { return card_name(card.scorecard); }))
    return guard.refuse(kIntent, "the review is judged by scorecard " + card_name(card.scorecard));
  const Score score{command.items, command.pii.by_item.value_or(std::vector<ItemImprovement>{}),
                    command.pii.improvement_points};
  if (auto refusal = check_score(score, card, state, context, kIntent))
    return std::unexpected(std::move(*refusal));
  return std::vector<Event>{ReviewScored{command.review_id, command.scorecard, command.items,
                                         *total_permille(command.items), command.pii}};
}

Decision decide(const CaseState& state, const DisputeReview& command, const Context& context) {
  static constexpr auto kIntent = "dispute the review";
  const auto review = scored_review(state, command.review_id, kIntent, context);
  if (!review) return std::unexpected(review.error());
  if (const auto guard =
          context.guard("not_authorized", context.by_person() && (*review)->agent_id != context.actor_id(),
                        [&] { return to_wire(context.actor()); }))
    return guard.refuse(kIntent, "the actor is not the agent who was reviewed");
  if (const auto guard = context.guard("second_review", (*review)->calibrates.has_value(),
                                       name_or_none((*review)->calibrates)))
    return guard.refuse(
        kIntent, "it is compared with '" + (*review)->calibrates->value + "', whose score it is that counts");
  if ((*review)->dispute == ReviewDispute::open) return {};
  if (const auto guard =
          context.guard("dispute_settled", (*review)->dispute.has_value(), dispute_of(**review)))
    return guard.refuse(kIntent, "its dispute was decided already");
  if (const auto guard = context.guard("reason_required", command.pii.text.empty()))
    return guard.refuse(kIntent, "there is no reason");
  return std::vector<Event>{ReviewDisputed{command.review_id, command.pii}};
}

Decision decide(const CaseState& state, const ResolveReviewDispute& command, const Context& context) {
  static constexpr auto kIntent = "decide the dispute";
  const auto found = scored_review(state, command.review_id, kIntent, context);
  if (!found) return std::unexpected(found.error());
  const auto& review = **found;
  if (const auto guard = context.guard(
          "not_authorized", context.by_person() && !context.in_one_of(context.policy.roles.reviewer),
          [&] { return context.actor().role.value_or(""); }))
    return guard.refuse(kIntent, "the actor is no reviewer");
  if (const auto guard = context.guard("conflict_of_interest",
                                       context.by_person() && (review.reviewer_id == context.actor_id() ||
                                                               review.agent_id == context.actor_id()),
                                       [&] { return to_wire(context.actor()); }))
    return guard.refuse(kIntent, "the actor gave the score or was given it");
  if (const auto guard = context.guard("not_disputed", !review.dispute, dispute_of(review)))
    return guard.refuse(kIntent, "nobody disputed it");
  if (const auto guard =
          context.guard("dispute_settled", review.dispute == ReviewDispute::settled, dispute_of(review)))
    return guard.refuse(kIntent, "it was decided already");
  if (const auto guard = context.guard("reason_required", command.pii.text.empty()))
    return guard.refuse(kIntent, "there is no reason");
  ReviewDisputeResolved event{command.review_id, command.outcome, {}, {}, command.pii};
  const auto items = command.items.value_or(std::vector<ScoreItem>{});
  if (command.outcome == DisputeOutcome::confirmed) {
    if (const auto guard =
            context.guard("items_unexpected", !items.empty(), [&] { return std::to_string(items.size()); }))
      return guard.refuse(kIntent, "a score that stands has no other items");
    return std::vector<Event>{std::move(event)};
  }
  const Score score{items, command.pii.by_item.value_or(std::vector<ItemImprovement>{}), {}};
  if (auto refusal = check_score(score, review.card.value_or(ReviewCard{}), state, context, kIntent))
    return std::unexpected(std::move(*refusal));
  event.total_permille = total_permille(items);
  event.items = items;
  event.pii.by_item = score.by_item;
  return std::vector<Event>{std::move(event)};
}

Decision decide(const CaseState& state, const GiveRecognition& command, const Context& context) {
  static constexpr auto kIntent = "thank the agent";
  if (auto refusal = refusal_of(Step::review, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard =
          context.guard("conflict_of_interest", context.by_person() && command.agent_id == context.actor_id(),
                        [&] { return command.agent_id.value; }))
    return guard.refuse(kIntent, "the actor is the agent");
  const auto is_named = [&](const ReviewRegion& review) { return review.review_id == command.review_id; };
  if (const auto guard =
          context.guard("review_unknown", command.review_id && std::ranges::none_of(state.reviews, is_named),
                        name_or_none(command.review_id)))
    return guard.refuse(kIntent, "the case has no review '" + command.review_id->value + "'");
  if (const auto guard = context.guard("reason_required", command.pii.text.empty()))
    return guard.refuse(kIntent, "there is no reason");
  return std::vector<Event>{RecognitionGiven{command.agent_id, command.review_id, command.pii}};
}

}  // namespace casetrail
