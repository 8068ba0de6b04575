// The SLA targets of each priority.
#include <algorithm>
#include <string>

#include "aggregates/policy/sections/rules.h"
#include "aggregates/policy/sections/sections.h"

namespace casetrail::yaml {
namespace {

constexpr Bounds kEscalatedAt{100, 1000};
constexpr Bounds kWarnedAt{1, 99, "between 1 and 99 percent"};

void check_escalation(const Place& place, const std::vector<EscalationStep>& steps, const RoleRules& roles) {
  if (!std::ranges::is_sorted(steps, {}, &EscalationStep::at_percent))
    place.fail("a list of steps in rising order");
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].to.empty()) continue;
    Keys(place.element(i)).with("to", [&](const Place& to) { KnownRoles{roles}.check(to, steps[i].to); });
  }
}

void check_lengths(Keys& keys, const BusinessTime& time, const SlaRules& rules) {
  // How many hours a business day has is another matter each day.
  const bool are_comparable = (rules.resolution.days == 0) == (rules.first_response.days == 0);
  if (!are_comparable || time.about(rules.resolution) >= time.about(rules.first_response)) return;
  if (const auto resolution = keys.find("resolution")) {
    resolution->refuse_new("no shorter than the first response");
  } else if (const auto response = keys.find("first_response")) {
    response->refuse_new("no longer than the resolution, which is left as it is without a policy");
  }
}

}  // namespace

static void describe(Section& keys, EscalationStep& into) {
  keys.require("at", into.at_percent,
               "The percentage of the target's business time at which it is escalated.", kEscalatedAt);
  keys.require("to", into.to, "The roles to which it is escalated.");
}

static void check(const Place& place, const EscalationStep& step) {
  if (!kEscalatedAt.hold(step.at_percent)) place.fail("a step at 100 to 1000 percent");
}

static void name_targets(Section& keys, const Policy& policy, SlaRules& rules) {
  BusinessTime time(keys, policy, rules.calendar);
  time.take("first_response", rules.first_response,
            "The SLA target of the first response; no longer than that of the resolution.");
  time.take("next_update", rules.next_update, "The SLA target of the next update of the customer.");
  time.take("resolution", rules.resolution, "The SLA target of the resolution.");
  keys.take("warn", rules.warn_percent,
            "The percentage of a target's time at which a breach is warned of; without it nobody is warned.",
            kWarnedAt);
  keys.take(
      "escalate", rules.escalate, "Who is told of a breach, and when.",
      Rule{"steps in rising order, to roles of `roles.lead` or `roles.reviewer`",
           [&](const Place& place, const auto& steps) { check_escalation(place, steps, policy.roles); }});
  keys.together([&](const Place&, Keys& read) { check_lengths(read, time, rules); });
}

void name_sla(Section& policy_keys, Policy& policy) {
  policy_keys.group("sla", "The SLA targets of each priority.", [&](Section& keys) {
    keys.take("clock_from", policy.clock_from,
              "Since when the clocks of a case count: the customer came, or somebody registered it.");
    for (std::size_t priority = 0; priority < policy.sla.size(); ++priority) {
      const std::string name(name_of(static_cast<Priority>(priority)));
      keys.group(name, "The SLA targets of priority " + name + ".",
                 [&](Section& targets) { name_targets(targets, policy, policy.sla[priority]); });
    }
  });
}

}  // namespace casetrail::yaml
