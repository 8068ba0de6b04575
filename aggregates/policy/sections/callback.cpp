// When customers are called back, and about what.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "aggregates/policy/sections/rules.h"
#include "aggregates/policy/sections/sections.h"

namespace casetrail::yaml {

static void describe(Section& keys, CallbackForm& into) {
  keys.require("id", into.id, "The form of questions.");
  keys.take("version", into.version, "Its version.");
}

static void describe(Section& keys, CallbackPlan& into) {
  keys.require("id", into.id, "What callbacks of this plan name it by.");
  keys.require("purpose", into.purpose, "What the call is for.");
  keys.require("form", into.form, "The questions that are asked.");
  keys.require("delay", into.delay, "How long after the resolution the callback is due.");
  keys.require("kinds", into.kinds, "The kinds of cases that are called back.");
  keys.take("required_before_close", into.required_before_close,
            "Those of its `kinds` whose cases are not closed before the callback was made.");
}

static void check(const Place& place, const CallbackPlan& plan) {
  for (const auto kind : plan.required_before_close) {
    if (std::ranges::find(plan.kinds, kind) == plan.kinds.end())
      place.refuse_new("required before a close of its 'kinds' alone");
  }
}

static void describe(Section& keys, LateActivity& into) {
  keys.require("after", into.after, "From this time on the customer was up late.");
  keys.require("not_before", into.not_before, "They are not called before this time then.");
  keys.take("until", into.until, "Until this time of the next day it is still the night before.");
}

static void check(const Place& place, const LateActivity& late) {
  if (late.until > late.not_before) place.fail("'until' not to be later than 'not_before'");
}

namespace {

constexpr std::array kOfZones{"hours", "quiet_days", "late_activity"};

/// Means something beside `zones` alone.
struct BesideZones {
  template <class T>
  void check(const Place& /*place*/, const T& /*value*/) const {}
  void tell(Shape& shape) const {
    shape.needs_another = true;
    shape.rules.emplace_back("beside `zones` alone");
  }
};

/// The hours of each zone in which customers may be called.
void name_calling_hours(Section& keys, CallbackRules& rules) {
  std::vector<Zone> zones;
  for (const auto& hours : rules.hours) zones.push_back(hours.calendar.zone());
  keys.take(
      "zones", zones,
      "The time zones that customers live in, the usual one first; empty: callbacks are due at any hour.");
  CalendarRules hours;
  std::ranges::fill(hours.week, DayHours{{std::chrono::minutes{0}, std::chrono::hours{24}}});
  keys.take("hours", hours.week, "The hours in which customers may be called, on their clocks.",
            BesideZones{});
  keys.take("quiet_days", hours.holidays, "Days on which nobody is called.", BesideZones{});
  std::optional<LateActivity> late;
  keys.take("late_activity", late, "How customers who were up late are left to sleep.", BesideZones{});
  keys.together([&](const Place& place, Keys&) {
    for (const auto* key : kOfZones) {
      if (zones.empty() && place.node[key].IsDefined())
        place.refuse_new("given 'zones' beside '" + std::string(key) + "'");
    }
    for (auto& zone : zones) {
      hours.id.value = zone.name();
      hours.zone = std::move(zone);
      rules.hours.push_back({Calendar(hours), late});
    }
  });
}

void check_plans(const Place& place, const std::vector<CallbackPlan>& plans, const Policy& policy) {
  for (std::size_t i = 0; i < plans.size(); ++i) {
    Keys keys(place.element(i));
    keys.with("purpose", [&](const Place& purpose) { check_code(purpose, plans[i].purpose, policy); });
    keys.with("kinds", [&](const Place& kinds) { check_codes(kinds, plans[i].kinds, policy); });
  }
}

}  // namespace

void name_callback(Section& policy_keys, Policy& policy) {
  policy_keys.group("callback", "When customers are called back, and about what.", [&](Section& keys) {
    auto& rules = policy.callback;
    name_calling_hours(keys, rules);
    keys.group("attempts", "How often a customer who is not reached is called.", [&](Section& limits) {
      limits.take("max", rules.max_attempts, "The attempts before they count as unreachable.", kSome);
      limits.take("gap", rules.gap, "How long after one attempt the next may be made.");
    });
    keys.take("form", rules.form, "The questions of callbacks that no plan made.");
    keys.take("plans", rules.plans, "The callbacks that are due after each resolution.",
              Rule{"", [&](const Place& place, const auto& plans) { check_plans(place, plans, policy); }});
  });
}

}  // namespace casetrail::yaml
