// Who there is: departments with their duties, what belongs to whom, roles, and what people call them.
#include <algorithm>
#include <string>

#include "aggregates/policy/sections/rules.h"
#include "aggregates/policy/sections/sections.h"

namespace casetrail::yaml {

static void describe(Section& keys, Department& into) {
  keys.require("id", into.id, "What cases, commands and routes name it by.");
  keys.take("name", into.name, "What people call it.");
  keys.take("external", into.external, "It is outside of the company: a vendor, a carrier.");
  keys.take("calendar", into.calendar,
            "Its hours: what is handed to it is due in them, else in those of `handoff`.");
  keys.take("duties", into.duties, "The duties that it published; routes, returns and rulings cite them.");
}

static void describe(Section& keys, Route& into) {
  keys.require("category", into.category,
               "The category: exactly this one, or with `*` at its end all that begin so.");
  keys.require("to", into.to, "The department to which such cases belong.");
  keys.take("duty", into.duty, "The duty by which they do.");
}

static void describe(Section& keys, RoleRules& into) {
  keys.take("lead", into.lead,
            "Roles that may close cases of others and take over ownership; empty: any role may.");
  keys.take("reviewer", into.reviewer, "Roles that may review; empty: any role may.");
}

static void describe(Section& keys, RoleName& into) {
  keys.require("id", into.id, "The role, as identities and commands have it.");
  keys.take("en", into.en, "Its English name; without one the Chinese name.");
  keys.take("zh", into.zh, "Its Chinese name; without one the English name.");
}

static void check(const Place& place, const RoleName& role) {
  if (role.en.empty() && role.zh.empty()) place.fail("a name, 'en' or 'zh' or both");
}

static void describe(Section& keys, AgentName& into) {
  keys.require("id", into.id, "The agent, as commands have them.");
  keys.require("name", into.name, "What people call them.");
}

static void describe(Section& keys, Names& into) {
  keys.take("roles", into.roles, "Names of roles; one that is not here goes by its id.");
  keys.take("agents", into.agents, "Names of agents; one who is not here goes by the id.");
}

namespace {

void check_departments(const Place& place, const Policy& policy) {
  for (std::size_t i = 0; i < policy.departments.size(); ++i) {
    const auto& id = policy.departments[i].calendar;
    if (!id || std::ranges::find(policy.calendars, *id, &Calendar::id) != policy.calendars.end()) continue;
    place.findings->keep([&] {
      Keys(place.element(i)).with("calendar", [](const Place& named) {
        named.fail("the id of one of the 'calendars'");
      });
    });
  }
}

/// Strict: somebody has the duty, and no earlier route takes all of its cases.
void check_route(const Place& place, const Route& route, const Policy& policy) {
  Keys keys(place);
  keys.with("to", [&](const Place& to) {
    if (!policy.knows(route.to)) to.fail("the id of one of the 'departments'");
  });
  keys.with("duty", [&](const Place& duty) {
    const auto* to = policy.find_department(route.to);
    if (to != nullptr && std::ranges::find(to->duties, *route.duty) == to->duties.end())
      duty.refuse_new("one of the 'duties' of department '" + to->id.value + "'");
  });
  if (const auto* first = policy.find_route(route.category); first != &route) {
    place.refuse_new("for some case that no earlier route takes ('routing[" +
                     std::to_string(first - policy.routing.data()) + "]' takes them all)");
  }
}

void check_routing(const Place& place, const Policy& policy) {
  for (std::size_t i = 0; i < policy.routing.size(); ++i) {
    const auto& route = policy.routing[i];
    const bool is_read = !route.category.empty() && !route.to.value.empty();
    if (is_read) place.findings->keep([&] { check_route(place.element(i), route, policy); });
  }
}

}  // namespace

void name_departments(Section& policy_keys, Policy& policy) {
  policy_keys.take("departments", policy.departments,
                   "The departments that work on cases; empty: any name is one.",
                   Rule{"each `calendar` one of the `calendars`",
                        [&](const Place& place, const auto&) { check_departments(place, policy); }});
}

void name_routing(Section& policy_keys, Policy& policy) {
  policy_keys.take(
      "routing", policy.routing,
      "To which department a case of a category belongs; the first that fits counts.",
      Rule{"each `to` one of the `departments`, its `duty` one that they published, and no route behind one "
           "that takes all of its cases",
           [&](const Place& place, const auto&) { check_routing(place, policy); }});
}

void name_roles(Section& policy_keys, Policy& policy) {
  policy_keys.take("roles", policy.roles,
                   "Which roles may do what others may not; systems and rules are not bound by them.");
}

void name_names(Section& policy_keys, Policy& policy) {
  policy_keys.take("names", policy.names, "What people call roles and agents.");
}

}  // namespace casetrail::yaml
