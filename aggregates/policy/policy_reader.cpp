// Reads a policy from YAML, and says in which lines it went wrong.
#include <algorithm>

#include "aggregates/policy/dialling.h"
#include "aggregates/policy/new_policy.h"
#include "aggregates/policy/yaml.h"
#include "events/case/handoff_terms.h"
#include "events/wire/whole_number.h"

namespace casetrail::yaml {

/// `90m`, `2h`, `3d`, or `3bd`, which counts in days of a calendar.
void read(const Place& place, BusinessSpan& into) {
  static constexpr auto kExpected = "an amount of time such as 15m, 2h, 3d or 3bd (business days)";
  const auto& text = place.text(kExpected);
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto unit = std::string_view(text).substr(digits);
  const auto count = whole_number<int>(std::string_view(text).substr(0, digits));
  if (!count || *count > 10'000) place.fail(kExpected);
  into = {};
  if (unit == "m") {
    into.time = std::chrono::minutes{*count};
  } else if (unit == "h") {
    into.time = std::chrono::hours{*count};
  } else if (unit == "d") {
    into.time = std::chrono::days{*count};
  } else if (unit == "bd") {
    into.days = *count;
  } else {
    place.fail(kExpected);
  }
}

void read(const Place& place, Duration& into) {
  BusinessSpan amount;
  read(place, amount);
  if (amount.days != 0) place.fail("an amount of time such as 15m, 2h or 3d");
  into = amount.time;
}

std::chrono::minutes time_of_day(const Place& place, std::string_view text) {
  const auto [hour, minute] =
      text.size() == 5 && text[2] == ':'
          ? std::pair(whole_number<unsigned>(text.substr(0, 2)), whole_number<unsigned>(text.substr(3)))
          : std::pair<std::optional<unsigned>, std::optional<unsigned>>();
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > 24 * 60)
    place.fail("a time of the day such as 09:00");
  return std::chrono::minutes{*hour * 60 + *minute};
}

void read(const Place& place, std::chrono::minutes& into) {
  into = time_of_day(place, place.text("a time of the day such as 09:00"));
}

void read(const Place& place, OpenHours& into) {
  const auto& text = place.text("hours such as 09:00-12:00");
  const auto dash = text.find('-');
  if (dash == std::string::npos) place.fail("hours such as 09:00-12:00");
  into.from = time_of_day(place, std::string_view(text).substr(0, dash));
  into.to = time_of_day(place, std::string_view(text).substr(dash + 1));
  if (into.from >= std::chrono::days{1} || into.from == into.to)
    place.fail("hours that begin on the day and end at another time, such as 09:00-12:00 or 22:00-06:00");
  if (into.to < into.from) into.to += std::chrono::days{1};
}

void read(const Place& place, std::chrono::sys_days& into) {
  const auto& text = place.text("a day such as 2026-10-01");
  const auto at = parse_timestamp(text + "T00:00:00Z");
  if (!at || text.size() != 10) place.fail("a day such as 2026-10-01");
  into = std::chrono::floor<std::chrono::days>(*at);
}

void read(const Place& place, Department& into) {
  read_members(place, into, required("id", &Department::id), optional("name", &Department::name),
               optional("external", &Department::external), optional("calendar", &Department::calendar),
               optional("duties", &Department::duties));
}

void read_departments(const Place& place, Policy& policy) {
  read(place, policy.departments);
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

void read(const Place& place, Route& into) {
  read_members(place, into, required("category", &Route::category), required("to", &Route::to),
               optional("duty", &Route::duty));
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

void read_routing(const Place& place, Policy& policy) {
  read(place, policy.routing);
  for (std::size_t i = 0; i < policy.routing.size(); ++i) {
    const auto& route = policy.routing[i];
    const bool is_read = !route.category.empty() && !route.to.value.empty();
    if (is_read) place.findings->keep([&] { check_route(place.element(i), route, policy); });
  }
}

using Week = std::array<DayHours, 7>;

/// The days of `mon-fri`, `sun-thu`, `sat` or `all`; Monday is 0.
std::vector<std::size_t> days_of(const Place& place, std::string_view key) {
  static constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  const auto day = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(kDays, name) - kDays.begin());
  };
  if (key == "all") return {0, 1, 2, 3, 4, 5, 6};
  const auto dash = key.find('-');
  const auto first = day(key.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : day(key.substr(dash + 1));
  if (first > 6 || last > 6) place.fail("named by days such as mon-fri, sun-thu, sat or all");
  std::vector<std::size_t> days{first};
  while (days.back() != last) days.push_back((days.back() + 1) % kDays.size());
  return days;
}

/// Hours over midnight may reach into the next day, up to those of its own.
void check_nights(const Place& place, const Week& week) {
  for (std::size_t day = 0; day < week.size(); ++day) {
    const auto& next = week[(day + 1) % week.size()];
    if (week[day].empty() || next.empty()) continue;
    if (week[day].back().to > next.front().from + std::chrono::days{1})
      place.fail("without hours over midnight that overlap those of the next day");
  }
}

void check_order(const Place& place, const DayHours& hours) {
  for (std::size_t i = 1; i < hours.size(); ++i) {
    if (hours[i].from < hours[i - 1].to) place.fail("hours in order that do not overlap");
  }
}

void read(const Place& place, Week& into) {
  if (!place.node.IsMap()) place.fail("a mapping such as {mon-fri: [\"09:00-18:00\"]}");
  const Keys each_once(place);
  bool is_whole = true;
  for (const auto& entry : place.node) {
    const auto& key = entry.first.Scalar();
    is_whole &= place.findings->keep([&] {
      const Place hours{entry.second, place.name_of_key(key), place.findings};
      const auto days = days_of(hours, key);
      DayHours day;
      read(hours, day);
      check_order(hours, day);
      for (const auto one : days) into[one] = day;
    });
  }
  if (!is_whole) return;
  check_nights(place, into);
  const auto closed = [](const DayHours& day) { return day.empty(); };
  if (std::ranges::all_of(into, closed)) place.fail("open on one day at least");
}

void read(const Place& place, Zone& into) {
  auto zone = Zone::load(place.text("an IANA time zone such as Asia/Shanghai"));
  if (!zone) throw place.complaint(zone.error());
  into = std::move(*zone);
}

/// `2026-10-10`, which is open like the week's first open day, or `{day: 2026-09-20, as: tue}`.
void read_make_up_days(const Place& place, CalendarRules& rules) {
  if (!place.node.IsSequence()) place.fail("a list of days");
  place.check_elements_differ();
  for (std::size_t i = 0; i < place.node.size(); ++i) {
    const auto element = place.element(i);
    std::chrono::sys_days day;
    if (!element.node.IsMap()) {
      read(element, day);
      rules.make_up_days.push_back(day);
      continue;
    }
    Keys keys(element);
    keys.require("day", day);
    keys.with("as", [&](const Place& as) {
      const auto weekdays = days_of(as, as.text("a weekday such as tue"));
      if (weekdays.size() != 1) as.fail("a weekday such as tue");
      rules.special_hours[day] = rules.week[weekdays.front()];
    });
    keys.done();
  }
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

/// One with faults is taken, too, so that those who name it are not blamed for them.
void read_calendars(const Place& place, Policy& policy) {
  if (!place.node.IsSequence()) place.fail("a list of calendars");
  place.check_elements_differ();
  for (std::size_t i = 0; i < place.node.size(); ++i) {
    CalendarRules rules;
    place.findings->keep([&] {
      Keys keys(place.element(i));
      keys.require("id", rules.id);
      keys.require("tz", rules.zone);
      keys.require("week", rules.week);
      keys.take("holidays", rules.holidays);
      keys.with("make_up_workdays", [&](const Place& days) { read_make_up_days(days, rules); });
      keys.with("special_hours", [&](const Place& days) { read_special_hours(days, rules); });
      keys.done();
    });
    policy.calendars.emplace_back(std::move(rules));
  }
}

/// Strict: an amount or a number of 0 forbids all that it limits.
template <class T>
void check_allows_some(const Place& place, const T& limit) {
  if (limit == T{}) place.refuse_new("more than 0, which would allow nothing");
}

/// Reads a limit as it is told.
template <class T>
void take_limit(Keys& keys, const std::string& key, T& into) {
  keys.with(key, [&](const Place& place) {
    read(place, into);
    check_allows_some(place, into);
  });
}

/// The calendar in whose business time the limits of `keys` are told.
class BusinessTime {
 public:
  /// Takes the key `calendar` into `into`.
  BusinessTime(Keys& keys, const Policy& policy, std::optional<CalendarId>& into) : keys_(keys) {
    keys.with("calendar", [&](const Place& place) {
      named_ = true;
      auto& id = into.emplace();
      read(place, id);
      const auto found = std::ranges::find(policy.calendars, id, &Calendar::id);
      if (found == policy.calendars.end()) place.fail("the id of one of the 'calendars'");
      calendar_ = &*found;
    });
  }

  void take(const std::string& key, BusinessSpan& into) {
    keys_.with(key, [&](const Place& place) {
      read(place, into);
      if (into.days != 0 && !named_) place.fail("without 'bd', because no calendar is named");
      if (about(into) / day() > kMostDays) place.fail("at most 10000 of the calendar's business days");
      check_allows_some(place, into);
    });
  }

  /// How long an amount is about, to tell which is longer.
  [[nodiscard]] Duration about(const BusinessSpan& span) const { return day() * span.days + span.time; }

 private:
  static constexpr int kMostDays = 10'000;

  [[nodiscard]] Duration day() const {
    return calendar_ == nullptr ? Duration{std::chrono::days{1}} : calendar_->business_day();
  }

  Keys& keys_;
  bool named_ = false;
  const Calendar* calendar_ = nullptr;  // none known: every hour counts
};

/// Strict: whether somebody has the role. Where anybody may lead, any role may be somebody's.
void check_role(const Place& place, const std::string& role, const RoleRules& roles) {
  if (roles.lead.empty() || role.empty()) return;
  for (const auto* known : {&roles.lead, &roles.reviewer}) {
    if (std::ranges::find(*known, role) != known->end()) return;
  }
  place.refuse_new("a role of 'roles.lead' or 'roles.reviewer'");
}

void take_roles(Keys& keys, const std::string& key, std::vector<std::string>& into, const RoleRules& roles) {
  keys.with(key, [&](const Place& place) {
    read(place, into);
    for (std::size_t i = 0; i < into.size(); ++i) check_role(place.element(i), into[i], roles);
  });
}

/// What an entry leaves out is as casetrail has it.
void read_entry(const Place& place, const Catalogue& catalogue, CatalogueEntry& into) {
  Keys keys(place);
  keys.require("code", into.code);
  const auto* known = catalogue.find(into.code);
  if (known != nullptr) into = *known;
  if (!is_code_text(into.code)) place.fail("given " + std::string(kCodeExpected));
  keys.take("en", into.en);
  keys.take("zh", into.zh);
  keys.take("retired", into.retired);
  for (const auto& flag : catalogue_flags()) {
    if (flag.catalogue == catalogue.name) keys.take(std::string(flag.key), into.*flag.value);
  }
  keys.done();
  // What was written before the flag was said it by this code alone.
  if (into.code == name_of(CaseKind::complaint) && catalogue.name == catalogue_name(CaseKind{}) &&
      !into.is_complaint)
    place.refuse_new("a complaint; give what is none a kind of its own");
  if (known == nullptr && into.en.empty() && into.zh.empty())
    place.refuse_new("given a label, 'en' or 'zh' or both, for casetrail has none");
}

void read_catalogues(const Place& place, Policy& policy) {
  Keys keys(place);
  const Catalogues brought;
  for (const auto& catalogue : brought.all()) {
    keys.with(std::string(catalogue.name), [&](const Place& list) {
      if (!list.node.IsSequence()) list.fail("a list of entries, each with its 'code'");
      list.check_elements_differ();
      for (std::size_t i = 0; i < list.node.size(); ++i) {
        CatalogueEntry entry;
        if (list.findings->keep([&] { read_entry(list.element(i), catalogue, entry); }))
          policy.catalogues.put(catalogue.name, std::move(entry));
      }
    });
  }
  keys.done();
}

/// Strict: refuses a code that its catalogue does not have.
template <Catalogued Known>
void check_code(const Place& place, const Code<Known>& code, const Policy& policy) {
  const auto& catalogue = policy.catalogues.of<Known>();
  if (catalogue.find(code.text()) != nullptr) return;
  const auto meant = catalogue.nearest_to(code.text());
  place.refuse_new("a code of the catalogue '" + std::string(catalogue.name) + "'" +
                   (meant.empty() ? std::string() : " such as '" + std::string(meant) + "'"));
}

void read_intake(const Place& place, Policy& policy) {
  Keys keys(place);
  keys.with("required", [&](const Place& required) {
    Keys kinds(required);
    for (const auto& kind : policy.catalogues.of<CaseKind>().entries)
      kinds.with(kind.code, [&](const Place& fields) { read(fields, policy.intake[kind.code]); });
    kinds.done();
  });
  keys.done();
}

void read(const Place& place, RoleRules& into) {
  read_members(place, into, optional("lead", &RoleRules::lead), optional("reviewer", &RoleRules::reviewer));
}

void read(const Place& place, std::array<std::array<Priority, 3>, 3>& into) {
  Keys impacts(place);
  for (std::size_t impact = 0; impact < 3; ++impact) {
    impacts.require_with(std::string(name_of(static_cast<Level>(impact))), [&](const Place& row) {
      Keys urgencies(row);
      for (std::size_t urgency = 0; urgency < 3; ++urgency)
        urgencies.require(std::string(name_of(static_cast<Level>(urgency))), into[impact][urgency]);
      urgencies.done();
    });
  }
  impacts.done();
}

void read_priority(const Place& place, Policy& policy) {
  read_members(place, policy, optional("matrix", &Policy::priority_matrix));
}

void read(const Place& place, EscalationStep& into) {
  read_members(place, into, required("at", &EscalationStep::at_percent), required("to", &EscalationStep::to));
  if (into.at_percent < 100 || into.at_percent > 1000) place.fail("a step at 100 to 1000 percent");
}

void check_escalation(const Place& place, const std::vector<EscalationStep>& steps, const RoleRules& roles) {
  if (!std::ranges::is_sorted(steps, {}, &EscalationStep::at_percent))
    place.fail("a list of steps in rising order");
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].to.empty()) continue;
    Keys(place.element(i)).with("to", [&](const Place& to) {
      for (std::size_t role = 0; role < steps[i].to.size(); ++role)
        check_role(to.element(role), steps[i].to[role], roles);
    });
  }
}

void read_targets(const Place& place, const Policy& policy, SlaRules& rules) {
  Keys keys(place);
  BusinessTime time(keys, policy, rules.calendar);
  time.take("first_response", rules.first_response);
  time.take("next_update", rules.next_update);
  time.take("resolution", rules.resolution);
  keys.with("warn", [&](const Place& warn) {
    read(warn, rules.warn_percent);
    if (*rules.warn_percent < 1 || *rules.warn_percent > 99) warn.fail("between 1 and 99 percent");
  });
  keys.with("escalate", [&](const Place& escalate) {
    read(escalate, rules.escalate);
    check_escalation(escalate, rules.escalate, policy.roles);
  });
  keys.done();
  // How many hours a business day has is another matter each day.
  const bool are_comparable = (rules.resolution.days == 0) == (rules.first_response.days == 0);
  if (!are_comparable || time.about(rules.resolution) >= time.about(rules.first_response)) return;
  if (const auto resolution = keys.find("resolution")) {
    resolution->refuse_new("no shorter than the first response");
  } else if (const auto response = keys.find("first_response")) {
    response->refuse_new("no longer than the resolution, which is left as it is without a policy");
  }
}

void read_sla(const Place& place, Policy& policy) {
  Keys priorities(place);
  priorities.take("clock_from", policy.clock_from);
  for (std::size_t priority = 0; priority < policy.sla.size(); ++priority) {
    priorities.with(std::string(name_of(static_cast<Priority>(priority))),
                    [&](const Place& row) { read_targets(row, policy, policy.sla[priority]); });
  }
  priorities.done();
}

void read_handoff(const Place& place, Policy& policy) {
  auto& rules = policy.handoff;
  Keys keys(place);
  BusinessTime time(keys, policy, rules.calendar);
  time.take("accept_within", rules.accept_within);
  time.take("complete_within", rules.complete_within);
  time.take("answer_within", rules.answer_within);
  keys.take("while_question_open", rules.while_question_open);
  take_limit(keys, "bounce_limit", rules.bounce_limit);
  keys.with("ruling_role", [&](const Place& role) {
    read(role, rules.ruling_role);
    check_role(role, *rules.ruling_role, policy.roles);
  });
  take_roles(keys, "escalate_to", rules.escalate_to, policy.roles);
  keys.done();
}

void read_agreement(const Place& place, Policy& policy) {
  Keys keys(place);
  keys.take("while_open", policy.agreement.while_open);
  take_roles(keys, "escalate_to", policy.agreement.escalate_to, policy.roles);
  keys.done();
}

void read_return(const Place& place, Policy& policy) {
  auto& rules = policy.returns;
  Keys keys(place);
  BusinessTime(keys, policy, rules.calendar).take("inspect_within", rules.inspect_within);
  take_roles(keys, "escalate_to", rules.escalate_to, policy.roles);
  keys.done();
}

void read_visit(const Place& place, Policy& policy) {
  Keys keys(place);
  take_roles(keys, "escalate_to", policy.visit.escalate_to, policy.roles);
  keys.done();
}

void read(const Place& place, AssignmentRules& into) {
  Keys keys(place);
  take_limit(keys, "accept_within", into.accept_within);
  keys.done();
}

void read_owner(const Place& place, Policy& policy) {
  read_members(place, policy, optional("basis", &Policy::owner));
}

void read(const Place& place, SuspensionRules& into) {
  Keys keys(place);
  take_limit(keys, "max", into.max);
  keys.take("pauses", into.pauses);
  keys.done();
}

void read(const Place& place, WaitingRules& into) {
  Keys keys(place);
  take_limit(keys, "answer_within", into.answer_within);
  keys.take("reminders", into.reminders);
  take_limit(keys, "remind_every", into.remind_every);
  keys.take("after_silence", into.after_silence);
  keys.done();
}

void read_complaint(const Place& place, Policy& policy) {
  auto& rules = policy.complaint;
  Keys keys(place);
  BusinessTime time(keys, policy, rules.calendar);
  time.take("accept_within", rules.accept_within);
  time.take("appeal_within", rules.appeal_within);
  time.take("decide_appeal_within", rules.decide_appeal_within);
  keys.take("criteria", rules.criteria);
  take_roles(keys, "escalate_to", rules.escalate_to, policy.roles);
  keys.done();
}

void read(const Place& place, CallbackForm& into) {
  read_members(place, into, required("id", &CallbackForm::id), optional("version", &CallbackForm::version));
}

void read(const Place& place, CallbackPlan& into) {
  read_members(place, into, required("id", &CallbackPlan::id), required("purpose", &CallbackPlan::purpose),
               required("form", &CallbackPlan::form), required("delay", &CallbackPlan::delay),
               required("kinds", &CallbackPlan::kinds),
               optional("required_before_close", &CallbackPlan::required_before_close));
  for (const auto kind : into.required_before_close) {
    if (std::ranges::find(into.kinds, kind) == into.kinds.end())
      place.refuse_new("required before a close of its 'kinds' alone");
  }
}

void check_plan(const Place& place, const CallbackPlan& plan, const Policy& policy) {
  Keys keys(place);
  keys.with("purpose", [&](const Place& purpose) { check_code(purpose, plan.purpose, policy); });
  keys.with("kinds", [&](const Place& kinds) {
    for (std::size_t i = 0; i < plan.kinds.size(); ++i) check_code(kinds.element(i), plan.kinds[i], policy);
  });
}

void read(const Place& place, LateActivity& into) {
  read_members(place, into, required("after", &LateActivity::after),
               required("not_before", &LateActivity::not_before), optional("until", &LateActivity::until));
  if (into.until > into.not_before) place.fail("'until' not to be later than 'not_before'");
}

/// The hours of each zone in which customers may be called.
void read_calling_hours(const Place& place, Keys& keys, CallbackRules& rules) {
  std::vector<Zone> zones;
  keys.take("zones", zones);
  CalendarRules hours;
  std::ranges::fill(hours.week, DayHours{{std::chrono::minutes{0}, std::chrono::hours{24}}});
  keys.with("hours", [&](const Place& week) {
    std::ranges::fill(hours.week, DayHours{});
    read(week, hours.week);
  });
  keys.take("quiet_days", hours.holidays);
  std::optional<LateActivity> late;
  keys.take("late_activity", late);
  for (const auto* key : {"hours", "quiet_days", "late_activity"}) {
    if (zones.empty() && place.node[key].IsDefined())
      place.refuse_new("given 'zones' beside '" + std::string(key) + "'");
  }
  for (auto& zone : zones) {
    hours.id.value = zone.name();
    hours.zone = std::move(zone);
    rules.hours.push_back({Calendar(hours), late});
  }
}

void read_callback(const Place& place, Policy& policy) {
  auto& rules = policy.callback;
  Keys keys(place);
  read_calling_hours(place, keys, rules);
  keys.with("attempts", [&](const Place& attempts) {
    Keys limits(attempts);
    take_limit(limits, "max", rules.max_attempts);
    limits.take("gap", rules.gap);
    limits.done();
  });
  keys.take("form", rules.form);
  keys.with("plans", [&](const Place& plans) {
    read(plans, rules.plans);
    for (std::size_t i = 0; i < rules.plans.size(); ++i) check_plan(plans.element(i), rules.plans[i], policy);
  });
  keys.done();
}

void read(const Place& place, SamplingRule& into) {
  read_members(place, into, required("group", &SamplingRule::group),
               required("percent", &SamplingRule::percent), optional("review", &SamplingRule::review),
               optional("kinds", &SamplingRule::kinds), optional("departments", &SamplingRule::departments),
               optional("agents", &SamplingRule::agents));
  if (into.percent > 100) place.fail("a sample of 0 to 100 percent");
}

bool takes_all(const SamplingRule& rule) {
  return rule.kinds.empty() && rule.departments.empty() && rule.agents.empty();
}

void read_sampling(const Place& place, Policy& policy) {
  auto& rules = policy.review.sampling;
  read(place, rules);
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
    keys.with("kinds", [&](const Place& kinds) {
      for (std::size_t k = 0; k < rules[i].kinds.size(); ++k)
        check_code(kinds.element(k), rules[i].kinds[k], policy);
    });
  }
}

void read(const Place& place, ApprovalRule& into) {
  read_members(place, into, required("of", &ApprovalRule::subjects), optional("by", &ApprovalRule::by),
               optional("up_to_minor", &ApprovalRule::up_to_minor));
}

void read_approvals(const Place& place, Policy& policy) {
  read(place, policy.approvals);
  for (std::size_t i = 0; i < policy.approvals.size(); ++i) {
    Keys keys(place.element(i));
    keys.with("of", [&](const Place& subjects) {
      for (std::size_t s = 0; s < policy.approvals[i].subjects.size(); ++s)
        check_code(subjects.element(s), policy.approvals[i].subjects[s], policy);
    });
  }
}

void read(const Place& place, ScorecardItem& into) {
  Keys keys(place);
  keys.require("id", into.id);
  keys.take("dimension", into.dimension);
  keys.require_with("max", [&](const Place& max) {
    read(max, into.max);
    check_allows_some(max, into.max);
  });
  keys.done();
}

void read_scorecard(const Place& place, ReviewRules& rules) {
  Keys keys(place);
  keys.require("id", rules.scorecard.id);
  keys.take("version", rules.scorecard.version);
  keys.take("items", rules.items);
  keys.with("auto_fail", [&](const Place& items) {
    read(items, rules.auto_fail);
    for (std::size_t i = 0; i < rules.auto_fail.size() && !rules.items.empty(); ++i) {
      if (std::ranges::find(rules.items, rules.auto_fail[i], &ScorecardItem::id) == rules.items.end())
        items.element(i).refuse_new("the id of one of the 'items'");
    }
  });
  keys.done();
}

void read_review(const Place& place, Policy& policy) {
  Keys keys(place);
  keys.with("sampling", [&](const Place& rules) { read_sampling(rules, policy); });
  keys.take("seed", policy.review.seed);
  keys.with("scorecard", [&](const Place& card) { read_scorecard(card, policy.review); });
  keys.done();
}

void read(const Place& place, ClosingRules& into) {
  read_members(place, into, optional("confirmation_window", &ClosingRules::confirmation_window),
               optional("after_window", &ClosingRules::after_window),
               optional("reopen_window", &ClosingRules::reopen_window),
               optional("message_on_closed", &ClosingRules::message_on_closed),
               optional("message_on_resolved", &ClosingRules::message_on_resolved));
}

void read(const Place& place, PrivacyRules& into) {
  read_members(place, into, optional("erasure_due", &PrivacyRules::erasure_due));
}

void read_boards(const Place& place, Policy& policy) {
  constexpr std::chrono::days kMost{92};
  Keys keys(place);
  keys.take("tz", policy.boards.zone);
  keys.with("closed_cases_for", [&](const Place& length) {
    read(length, policy.boards.closed_cases_for);
    if (policy.boards.closed_cases_for > kMost) length.fail("at most 92d");
  });
  keys.with("country_code", [&](const Place& code) {
    policy.boards.country_code = code.text("a country code such as 86");
    if (!is_country_code(policy.boards.country_code))
      code.fail("a country code of telephone numbers, without + or 00, such as 86 or 49");
  });
  keys.done();
}

void read(const Place& place, RoleName& into) {
  read_members(place, into, required("id", &RoleName::id), optional("en", &RoleName::en),
               optional("zh", &RoleName::zh));
  if (into.en.empty() && into.zh.empty()) place.fail("a name, 'en' or 'zh' or both");
}

void read(const Place& place, AgentName& into) {
  read_members(place, into, required("id", &AgentName::id), required("name", &AgentName::name));
}

void read(const Place& place, Names& into) {
  read_members(place, into, optional("roles", &Names::roles), optional("agents", &Names::agents));
}

/// A section that is one member of the policy.
template <auto Rules>
void read_rules(const Place& place, Policy& policy) {
  read(place, policy.*Rules);
}

/// Catalogues, calendars, departments and roles come before those who name them.
constexpr std::array<std::pair<const char*, void (*)(const Place&, Policy&)>, 24> kSections{{
    {"catalogues", read_catalogues},
    {"calendars", read_calendars},
    {"departments", read_departments},
    {"routing", read_routing},
    {"intake", read_intake},
    {"roles", read_rules<&Policy::roles>},
    {"priority", read_priority},
    {"sla", read_sla},
    {"handoff", read_handoff},
    {"agreement", read_agreement},
    {"return", read_return},
    {"visit", read_visit},
    {"assignment", read_rules<&Policy::assignment>},
    {"owner", read_owner},
    {"suspension", read_rules<&Policy::suspension>},
    {"waiting", read_rules<&Policy::waiting>},
    {"complaint", read_complaint},
    {"callback", read_callback},
    {"review", read_review},
    {"approvals", read_approvals},
    {"closing", read_rules<&Policy::closing>},
    {"privacy", read_rules<&Policy::privacy>},
    {"boards", read_boards},
    {"names", read_rules<&Policy::names>},
}};

/// The text as a tree, which strictly has sections; nothing when that is all that can be said of it.
std::optional<YAML::Node> tree_of(std::string_view yaml, Findings& findings) {
  if (!findings.strict()) return YAML::Load(std::string(yaml));
  const auto root = document(yaml, findings);
  if (root && (root->IsNull() || (root->IsMap() && root->size() == 0))) {
    findings.add({0, 0, "",
                  "Expected at least one section, such as 'departments' or 'sla', but there is none: "
                  "published, it would take every rule away. If that is meant, write 'departments: []'."});
  }
  return root;
}

Policy read_policy(const YAML::Node& root, Findings& findings) {
  Policy policy;
  if (root.IsNull()) return policy;
  findings.keep([&] {
    Keys keys({root, "", &findings});
    for (const auto& section : kSections)
      keys.with(section.first, [&](const Place& place) { section.second(place, policy); });
    keys.done();
  });
  return policy;
}

std::expected<Policy, std::vector<Complaint>> parse(std::string_view yaml, Strictness strictness) {
  Findings findings(strictness);
  Policy policy;
  try {
    if (const auto root = tree_of(yaml, findings)) policy = read_policy(*root, findings);
  } catch (const YAML::Exception& error) {
    findings.add({error.mark.line + 1, error.mark.column + 1, "", "Expected YAML, but " + error.msg + "."});
  }
  auto complaints = findings.take();
  if (complaints.empty()) return policy;
  return std::unexpected(std::move(complaints));
}

}  // namespace casetrail::yaml

namespace casetrail {

std::expected<Policy, PolicyError> parse_policy(std::string_view yaml) {
  auto policy = yaml::parse(yaml, yaml::Strictness::lenient);
  if (policy) return *std::move(policy);
  const auto& first = policy.error().front();
  return std::unexpected(PolicyError{first.line, first.sentence});
}

std::expected<Policy, std::vector<Complaint>> parse_new_policy(std::string_view yaml) {
  return yaml::parse(yaml, yaml::Strictness::strict);
}

}  // namespace casetrail
