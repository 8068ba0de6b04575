// Complaints, and what a second person has to approve.
#include "aggregates/policy/sections/rules.h"
#include "aggregates/policy/sections/sections.h"

namespace casetrail::yaml {

static void describe(Section& keys, ApprovalRule& into) {
  keys.require("of", into.subjects, "What this rule is about.");
  keys.take("by", into.by, "The roles that may approve it; empty: any role may.");
  keys.take(
      "up_to_minor", into.up_to_minor,
      "The highest amount that they may approve, in minor units of the currency; without it any amount, "
      "and what has none.");
}

void name_complaint(Section& policy_keys, Policy& policy) {
  policy_keys.group("complaint", "How soon a complaint is dealt with, and who is told.", [&](Section& keys) {
    auto& rules = policy.complaint;
    BusinessTime time(keys, policy, rules.calendar);
    time.take("accept_within", rules.accept_within, "How soon a complaint is accepted or declined.");
    time.take("appeal_within", rules.appeal_within,
              "How long the customer may appeal, after they were told the decision.");
    time.take("decide_appeal_within", rules.decide_appeal_within,
              "How soon after an appeal the customer is told the next decision.");
    keys.take("criteria", rules.criteria, "What a complaint has to meet to be accepted; each is checked.");
    keys.take("escalate_to", rules.escalate_to, "The roles that are told of a complaint that is overdue.",
              KnownRoles{policy.roles});
  });
}

void name_approvals(Section& policy_keys, Policy& policy) {
  const auto check_subjects = [&](const Place& place, const std::vector<ApprovalRule>& rules) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      Keys(place.element(i)).with("of", [&](const Place& of) { check_codes(of, rules[i].subjects, policy); });
    }
  };
  policy_keys.take("approvals", policy.approvals,
                   "What a second person has to approve; a subject without a rule needs no approval.",
                   Rule{"", check_subjects});
}

}  // namespace casetrail::yaml
