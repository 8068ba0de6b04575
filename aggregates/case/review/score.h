// What a score has to be, whoever gives it: the reviewer, or a second person who corrects it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/case/context.h"
#include "aggregates/case/state.h"
#include "aggregates/policy/review_rules.h"
#include "events/case/review_terms.h"

namespace casetrail {

/// The card of the policy, as events keep it.
[[nodiscard]] ReviewCard card_of(const ReviewRules& rules);

/// Earned of applicable points x 1000 (GB/T 27922); nothing when no item applies.
[[nodiscard]] std::optional<std::int32_t> total_permille(const std::vector<ScoreItem>& items);

/// Points, and what is to be done better.
struct Score {
  const std::vector<ScoreItem>& items;
  std::vector<ItemImprovement> by_item;  ///< for the items that lost points
  std::vector<std::string> others;       ///< one each for such items as `by_item` does not name
};

/// Nothing when each item of `card` is scored once, within its points and with events that the case has, and
/// each that lost some has a point to improve.
[[nodiscard]] std::optional<Rejection> check_score(const Score& score, const ReviewCard& card,
                                                   const CaseState& state, const Context& context,
                                                   std::string_view intent);

}  // namespace casetrail
