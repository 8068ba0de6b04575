// Which closed cases are reviewed, and by which card.
#include <algorithm>
#include <vector>

#include "aggregates/policy/sections/rules.h"
#include "aggregates/policy/sections/sections.h"

namespace casetrail::yaml {
namespace {

constexpr Bounds kPercentOfCases{0, 100};

bool takes_all(const SamplingRule& rule) {
  return rule.kinds.empty() && rule.departments.empty() && rule.agents.empty();
}

void check_sampling(const Place& place, const std::vector<SamplingRule>& rules, const Policy& policy) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto at = place.element(i);
    if (i + 1 < rules.size() && takes_all(rules[i]))
      at.refuse_new(
          "'kinds', 'departments' or 'agents' in each rule but the last, for this one takes every case");
    Keys keys(at);
    keys.with("departments", [&](const Place& departments) {
      for (std::size_t d = 0; d < rules[i].departments.size(); ++d) {
        if (!policy.knows(rules[i].departments[d]))
          departments.element(d).refuse_new("the id of one of the 'departments'");
      }
    });
    keys.with("kinds", [&](const Place& kinds) { check_codes(kinds, rules[i].kinds, policy); });
  }
}

}  // namespace

static void describe(Section& keys, SamplingRule& into) {
  keys.require("group", into.group, "What the reviews that it draws are counted under.");
  keys.require("percent", into.percent, "The share of the cases that it draws.", kPercentOfCases);
  keys.take("review", into.review, "The kind of review.");
  keys.take("kinds", into.kinds, "The kinds of cases that it fits; empty: any.");
  keys.take("departments", into.departments,
            "The departments that worked last on cases that it fits; empty: any.");
  keys.take("agents", into.agents, "The agents who worked last on cases that it fits; empty: any.");
}

static void check(const Place& place, const SamplingRule& rule) {
  if (!kPercentOfCases.hold(rule.percent)) place.fail("a sample of 0 to 100 percent");
}

static void describe(Section& keys, ScorecardItem& into) {
  keys.require("id", into.id, "What scores name the item by.");
  keys.take("dimension", into.dimension, "The dimension of service quality that it is about.");
  keys.require("max", into.max, "The highest score.", kSome);
}

static void name_scorecard(Section& keys, ReviewRules& rules) {
  keys.require("id", rules.scorecard.id, "What reviews name the card by.");
  keys.take("version", rules.scorecard.version, "Its version.");
  keys.take("items", rules.items, "What is scored; empty: any item.");
  const auto are_items = [&](const Place& items, const std::vector<std::string>& named) {
    for (std::size_t i = 0; i < named.size() && !rules.items.empty(); ++i) {
      if (std::ranges::find(rules.items, named[i], &ScorecardItem::id) == rules.items.end())
        items.element(i).refuse_new("the id of one of the 'items'");
    }
  };
  keys.take("auto_fail", rules.auto_fail, "The items that may fail the whole review; empty: any item may.",
            Rule{"ids of the `items`", are_items});
}

void name_review(Section& policy_keys, Policy& policy) {
  policy_keys.group("review", "Which closed cases are reviewed, and by which scorecard.", [&](Section& keys) {
    keys.take("sampling", policy.review.sampling,
              "The rules that draw closed cases for a review; the first that a case fits counts.",
              Rule{"`kinds`, `departments` or `agents` in each rule but the last",
                   [&](const Place& place, const auto& rules) { check_sampling(place, rules, policy); }});
    keys.take("seed", policy.review.seed, "The seed of the draws; another one draws other cases.");
    keys.group("scorecard", "The card by which reviews are scored.",
               [&](Section& card) { name_scorecard(card, policy.review); });
  });
}

}  // namespace casetrail::yaml
