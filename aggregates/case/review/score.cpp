// Which scores fit a card.
#include "aggregates/case/review/score.h"

#include <algorithm>

namespace casetrail {
namespace {

/// The first item that is wrong, and what is said of it.
struct FoundItem {
  const ScoreItem* item = nullptr;

  [[nodiscard]] std::string with(std::string_view fact) const {
    return item == nullptr ? std::string() : "'" + item->item + "' " + std::string(fact);
  }
  /// For a trace.
  [[nodiscard]] std::string points() const {
    if (item == nullptr) return {};
    return item->item + ": " + std::to_string(item->score) + "/" + std::to_string(item->max);
  }
};

template <class Test>
FoundItem find_item(const std::vector<ScoreItem>& items, const Test& is_wrong) {
  const auto found = std::ranges::find_if(items, is_wrong);
  return {found == items.end() ? nullptr : &*found};
}

const CardItem* find_on(const ReviewCard& card, const ScoreItem& item) {
  const auto found = std::ranges::find(card.items, item.item, &CardItem::item);
  return found == card.items.end() ? nullptr : &*found;
}

bool lost_points(const ScoreItem& item) { return item.applicable && item.score < item.max; }

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

void ask_points(const std::vector<ScoreItem>& items, Guards& guards) {
  const auto beyond =
      find_item(items, [](const ScoreItem& item) { return item.score < 0 || item.score > item.max; });
  guards.ask("score_out_of_range", beyond.item != nullptr, beyond.with("is scored beyond its points"),
             [&] { return beyond.points(); });
  const auto idle = find_item(
      items, [](const ScoreItem& item) { return !item.applicable && (item.score != 0 || item.auto_fail); });
  guards.ask("score_contradictory", idle.item != nullptr,
             idle.with("does not apply, and yet has points or fails the review"),
             [&] { return idle.points(); });
  const auto spared =
      find_item(items, [](const ScoreItem& item) { return item.auto_fail && item.score == item.max; });
  guards.ask("score_contradictory", spared.item != nullptr,
             spared.with("fails the whole review, and yet lost no points"), [&] { return spared.points(); });
}

/// Each item of the card once; those that did not apply say so.
void ask_card(const std::vector<ScoreItem>& items, const ReviewCard& card, Guards& guards) {
  const auto is_bound = !card.items.empty();
  const auto other = find_item(items, [&](const ScoreItem& item) {
    const auto* known = find_on(card, item);
    return is_bound && (known == nullptr || known->max != item.max);
  });
  guards.ask("scorecard_mismatch", other.item != nullptr,
             other.with("is not on the review's scorecard with these points"),
             [&] { return other.points(); });
  const auto misplaced = find_item(items, [&](const ScoreItem& item) {
    const auto* known = find_on(card, item);
    return known != nullptr && known->dimension && item.dimension && known->dimension != item.dimension;
  });
  guards.ask("scorecard_mismatch", misplaced.item != nullptr,
             misplaced.with("is of another dimension on the review's scorecard"),
             [&] { return misplaced.points(); });
  const auto fatal = find_item(items, [&](const ScoreItem& item) {
    return item.auto_fail && !card.auto_fail.empty() &&
           std::ranges::find(card.auto_fail, item.item) == card.auto_fail.end();
  });
  guards.ask("scorecard_mismatch", fatal.item != nullptr,
             fatal.with("cannot fail the whole review on its scorecard"), [&] { return fatal.points(); });
  const auto twice = find_item(items, [&](const ScoreItem& item) {
    return &*std::ranges::find(items, item.item, &ScoreItem::item) != &item;
  });
  guards.ask("item_repeated", twice.item != nullptr, twice.with("is scored twice"),
             [&] { return twice.points(); });
  const auto missing = std::ranges::find_if(card.items, [&](const CardItem& asked) {
    return std::ranges::find(items, asked.item, &ScoreItem::item) == items.end();
  });
  const auto unscored = missing == card.items.end() ? std::string() : missing->item;
  guards.ask("items_missing", !unscored.empty(),
             "'" + unscored + "' of the card is not scored; say so where it is not applicable",
             [&] { return unscored; });
  guards.ask("items_missing", !total_permille(items), "no item applies", [&] { return unscored; });
}

void ask_evidence(const std::vector<ScoreItem>& items, const CaseState& state, Guards& guards) {
  std::int64_t unknown = 0;
  bool is_known = true;
  for (const auto& item : items) {
    for (const auto seq : item.evidence.value_or(std::vector<std::int64_t>{})) {
      if (!is_known || (seq >= 1 && seq <= state.seq)) continue;
      unknown = seq;
      is_known = false;
    }
  }
  guards.ask("evidence_unknown", !is_known, "the case has no event " + std::to_string(unknown),
             [&] { return is_known ? std::string() : std::to_string(unknown); });
}

/// A point to improve for each item that lost some: by its name, or as many as there are.
void ask_improvements(const Score& score, Guards& guards) {
  const auto& by_item = score.by_item;
  const bool has_blank =
      std::ranges::any_of(score.others, is_blank) ||
      std::ranges::any_of(by_item, [](const ItemImprovement& point) { return is_blank(point.text); });
  guards.ask("improvement_point_missing", has_blank, "a point to improve has no words",
             [&] { return std::to_string(by_item.size() + score.others.size()); });
  const auto misplaced = std::ranges::find_if(by_item, [&](const ItemImprovement& point) {
    const auto item = std::ranges::find(score.items, point.item, &ScoreItem::item);
    const bool is_again = &*std::ranges::find(by_item, point.item, &ItemImprovement::item) != &point;
    return item == score.items.end() || !lost_points(*item) || is_again;
  });
  const auto nowhere = misplaced == by_item.end() ? std::string() : misplaced->item;
  guards.ask("improvement_point_misplaced", misplaced != by_item.end(),
             "'" + nowhere + "' is no item that lost points, or is there twice", [&] { return nowhere; });
  auto left = std::ssize(score.others);
  const auto without = find_item(score.items, [&](const ScoreItem& item) {
    return lost_points(item) &&
           std::ranges::find(by_item, item.item, &ItemImprovement::item) == by_item.end() && --left < 0;
  });
  guards.ask("improvement_point_missing", without.item != nullptr,
             without.with("lost points without a point to improve"), [&] { return without.points(); });
}

}  // namespace

ReviewCard card_of(const ReviewRules& rules) {
  ReviewCard card{rules.scorecard, {}, rules.auto_fail};
  for (const auto& [id, dimension, max] : rules.items) card.items.push_back({id, dimension, max});
  return card;
}

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

std::optional<Rejection> check_score(const Score& score, const ReviewCard& card, const CaseState& state,
                                     const Context& context, std::string_view intent) {
  Guards guards(context.trace, intent);
  ask_card(score.items, card, guards);
  ask_points(score.items, guards);
  ask_evidence(score.items, state, guards);
  ask_improvements(score, guards);
  return std::move(guards).first();
}

}  // namespace casetrail
