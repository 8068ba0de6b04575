// The hours in which the company works.
#include <algorithm>
#include <string>
#include <utility>

#include "aggregates/policy/sections/sections.h"
#include "aggregates/policy/values.h"

namespace casetrail::yaml {
namespace {

void name_make_up_day(Section& keys, CalendarRules& rules) {
  std::chrono::sys_days day;
  keys.require("day", day, "The day that is worked.");
  keys.entry(
      "as", Presence::optional, "The weekday whose hours it has.",
      [&](const Place& as) {
        const auto weekdays = days_of(as, as.text("a weekday such as tue"));
        if (weekdays.size() != 1) as.fail("a weekday such as tue");
        rules.special_hours[day] = rules.week[weekdays.front()];
      },
      [](Shape& shape) { tell_text(shape, "a weekday such as tue", "mon|tue|wed|thu|fri|sat|sun", ""); });
}

/// `2026-10-10`, which is open like the week's first open day, or `{day: 2026-09-20, as: tue}`.
void read_make_up_days(const Place& place, CalendarRules& rules) {
  if (!place.node.IsSequence()) place.fail("a list of days");
  place.check_elements_differ();
  for (std::size_t i = 0; i < place.node.size(); ++i) {
    const auto element = place.element(i);
    if (!element.node.IsMap()) {
      std::chrono::sys_days day;
      read(element, day);
      rules.make_up_days.push_back(day);
      continue;
    }
    Section keys(element);
    name_make_up_day(keys, rules);
    keys.done();
  }
}

void tell_make_up_days(Shape& shape) {
  Shape element;
  element.kind = Shape::Kind::either;
  element.parts.resize(2);
  element.takes = "a day such as 2026-10-01, or one with the weekday whose hours it has";
  tell(element.parts[0], std::chrono::sys_days{});
  CalendarRules rules;
  Section keys(element.parts[1]);
  name_make_up_day(keys, rules);
  keys.done();
  tell_list(shape, std::move(element), {});
}

/// The hours of single days: `{2026-12-24: ["09:00-12:00"]}`; an empty list is a day that is closed.
void read_special_hours(const Place& place, CalendarRules& rules) {
  if (!place.node.IsMap()) place.fail("a mapping such as {2026-12-24: [\"09:00-12:00\"]}");
  const Keys each_once(place);
  for (const auto& entry : place.node) {
    const auto& key = entry.first.Scalar();
    place.findings->keep([&] {
      std::chrono::sys_days day;
      read(Place{entry.first, place.name_of_key(key), place.findings}, day);
      const Place told{entry.second, place.name_of_key(key), place.findings};
      DayHours hours;
      read(told, hours);
      check_order(told, hours);
      rules.special_hours[day] = std::move(hours);
    });
  }
}

void tell_special_hours(Shape& shape) {
  shape.kind = Shape::Kind::table;
  shape.takes = "days such as 2026-12-24, each with its hours";
  shape.parts.resize(2);
  tell(shape.parts[0], std::chrono::sys_days{});
  tell(shape.parts[1], DayHours{});
  shape.value = "{}";
}

}  // namespace

static void describe(Section& keys, CalendarRules& rules) {
  keys.require("id", rules.id, "What sections and departments name it by.");
  keys.require("tz", rules.zone, "The time zone of its hours.");
  keys.require("week", rules.week, "The hours of each day of the week; a day that is not named is closed.");
  keys.take("holidays", rules.holidays, "Days on which it is closed, whatever the week says.");
  keys.entry(
      "make_up_workdays", Presence::optional,
      "Days that are worked whatever the week says, with the hours of the week's first open day or of the "
      "weekday that `as` names.",
      [&](const Place& days) { read_make_up_days(days, rules); }, tell_make_up_days);
  keys.entry(
      "special_hours", Presence::optional, "Days with hours of their own; an empty list is a closed day.",
      [&](const Place& days) { read_special_hours(days, rules); }, tell_special_hours);
}

/// One with faults is taken, too, so that those who name it are not blamed for them.
static void read_calendars(const Place& place, Policy& policy) {
  if (!place.node.IsSequence()) place.fail("a list of calendars");
  place.check_elements_differ();
  for (std::size_t i = 0; i < place.node.size(); ++i) {
    CalendarRules rules;
    place.findings->keep([&] { read(place.element(i), rules); });
    policy.calendars.emplace_back(std::move(rules));
  }
}

void name_calendars(Section& policy_keys, Policy& policy) {
  policy_keys.entry(
      "calendars", Presence::optional,
      "The business hours in which amounts of time count; the first one's zone is that of the boards unless "
      "`boards.tz` names one.",
      [&](const Place& place) { read_calendars(place, policy); },
      [](Shape& shape) { tell(shape, std::vector<CalendarRules>{}); });
}

}  // namespace casetrail::yaml
