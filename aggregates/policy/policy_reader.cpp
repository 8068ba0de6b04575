// Reads a policy from YAML, and says in which line it went wrong. The only file that includes yaml-cpp.
#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "aggregates/policy/policy.h"
#include "events/wire/reflect.h"
#include "events/wire/whole_number.h"

namespace casetrail {
namespace {

/// One value of the file and the name under which a person knows it: `handoff.accept_within`.
struct Place {
  YAML::Node node;
  std::string path;

  [[noreturn]] void fail(const std::string& expected) const {
    const auto shown = node.IsScalar() ? ", but it is '" + node.Scalar() + "'." : ", but it is not.";
    throw PolicyError{node.Mark().line + 1, "Expected '" + path + "' to be " + expected + shown};
  }

  [[nodiscard]] const std::string& text(const std::string& expected) const {
    if (!node.IsScalar() || node.Scalar().empty()) fail(expected);
    return node.Scalar();
  }
};

/// Takes the keys of a mapping one by one; `done` refuses those that nobody took.
class Keys {
 public:
  explicit Keys(Place place) : place_(std::move(place)) {
    if (!place_.node.IsMap()) place_.fail("a mapping of keys to values");
  }

  [[nodiscard]] std::optional<Place> find(const std::string& key) {
    taken_.push_back(key);
    const YAML::Node found = std::as_const(place_.node)[key];
    if (!found.IsDefined()) return std::nullopt;
    return Place{found, name_of_key(key)};
  }

  template <class T>
  void take(const std::string& key, T& into) {
    if (const auto found = find(key)) read(*found, into);
  }

  template <class T>
  void require(const std::string& key, T& into) {
    const auto found = find(key);
    if (!found) {
      throw PolicyError{place_.node.Mark().line + 1,
                        "Expected '" + name_of_key(key) + "' to be there, but it is missing."};
    }
    read(*found, into);
  }

  void done() const {
    for (const auto& entry : place_.node) {
      const auto& key = entry.first.Scalar();
      if (std::ranges::find(taken_, key) != taken_.end()) continue;
      std::string known;
      for (const auto& name : taken_) known += (known.empty() ? "" : ", ") + name;
      throw PolicyError{entry.first.Mark().line + 1,
                        "Expected one of " + known + ", but the key is '" + name_of_key(key) + "'."};
    }
  }

 private:
  [[nodiscard]] std::string name_of_key(const std::string& key) const {
    return place_.path.empty() ? key : place_.path + "." + key;
  }

  Place place_;
  std::vector<std::string> taken_;
};

/// An amount of business time: `90m`, `2h`, `3d`, or `3bd`, which counts in days of a calendar.
struct Amount {
  Duration plain{};
  int business_days = 0;
};

void read(const Place& place, std::string& into) { into = place.text("a text"); }

void read(const Place& place, std::int32_t& into) {
  static constexpr auto kExpected = "a whole number, not negative";
  const auto number = whole_number<std::int32_t>(place.text(kExpected));
  if (!number || *number < 0) place.fail(kExpected);
  into = *number;
}

void read(const Place& place, bool& into) {
  const auto& text = place.text("true or false");
  if (text != "true" && text != "false") place.fail("true or false");
  into = text == "true";
}

template <class Tag>
void read(const Place& place, Id<Tag>& into) {
  into.value = place.text("an id");
}

template <NamedEnum E>
void read(const Place& place, E& into) {
  const auto known = enum_from<E>(place.text("one of " + list_names<E>()));
  if (!known) place.fail("one of " + list_names<E>());
  into = *known;
}

void read(const Place& place, Amount& into) {
  static constexpr auto kExpected = "an amount of time such as 15m, 2h, 3d or 3bd (business days)";
  const auto& text = place.text(kExpected);
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto unit = std::string_view(text).substr(digits);
  const auto count = whole_number<int>(std::string_view(text).substr(0, digits));
  if (!count || *count > 10'000) place.fail(kExpected);
  into = {};
  if (unit == "m") {
    into.plain = std::chrono::minutes{*count};
  } else if (unit == "h") {
    into.plain = std::chrono::hours{*count};
  } else if (unit == "d") {
    into.plain = std::chrono::days{*count};
  } else if (unit == "bd") {
    into.business_days = *count;
  } else {
    place.fail(kExpected);
  }
}

void read(const Place& place, Duration& into) {
  Amount amount;
  read(place, amount);
  if (amount.business_days != 0) place.fail("an amount of time such as 15m, 2h or 3d");
  into = amount.plain;
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
  if (into.from >= into.to) place.fail("hours that end after they begin, such as 09:00-12:00");
}

void read(const Place& place, std::chrono::sys_days& into) {
  const auto& text = place.text("a day such as 2026-10-01");
  const auto at = parse_timestamp(text + "T00:00:00Z");
  if (!at || text.size() != 10) place.fail("a day such as 2026-10-01");
  into = std::chrono::floor<std::chrono::days>(*at);
}

template <class T>
void read(const Place& place, std::optional<T>& into) {
  read(place, into.emplace());
}

template <class T>
void read(const Place& place, std::vector<T>& into) {
  if (!place.node.IsSequence()) place.fail("a list");
  into.clear();
  for (std::size_t i = 0; i < place.node.size(); ++i) {
    read(Place{place.node[i], place.path + "[" + std::to_string(i) + "]"}, into.emplace_back());
  }
}

enum class Presence { required, optional };

/// A key of a mapping and the member that it fills.
template <class Section, class T>
struct Member {
  const char* key;
  T Section::* into;
  Presence presence;
};
template <class Section, class T>
Member<Section, T> required(const char* key, T Section::* into) {
  return {key, into, Presence::required};
}
template <class Section, class T>
Member<Section, T> optional(const char* key, T Section::* into) {
  return {key, into, Presence::optional};
}

/// Reads a mapping that has these keys and no others.
template <class Section, class... T>
void read_members(const Place& place, Section& into, const Member<Section, T>&... members) {
  Keys keys(place);
  const auto read_member = [&](const auto& member) {
    auto& value = into.*member.into;
    member.presence == Presence::required ? keys.require(member.key, value) : keys.take(member.key, value);
  };
  (read_member(members), ...);
  keys.done();
}

void read(const Place& place, Department& into) {
  read_members(place, into, required("id", &Department::id), optional("name", &Department::name),
               optional("external", &Department::external), optional("duties", &Department::duties));
}

void read(const Place& place, Route& into) {
  read_members(place, into, required("category", &Route::category), required("to", &Route::to),
               optional("duty", &Route::duty));
}

/// `mon-fri`, `sat` or `all` to the first and last day of the week, Monday is 0.
std::pair<std::size_t, std::size_t> days_of(const Place& place, std::string_view key) {
  static constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  const auto day = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(kDays, name) - kDays.begin());
  };
  if (key == "all") return {0, 6};
  const auto dash = key.find('-');
  const auto first = day(key.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : day(key.substr(dash + 1));
  if (first > last || last > 6) place.fail("named by days such as mon-fri, sat or all");
  return {first, last};
}

void read_week(const Place& place, std::array<DayHours, 7>& into) {
  if (!place.node.IsMap()) place.fail("a mapping such as {mon-fri: [\"09:00-18:00\"]}");
  for (const auto& entry : place.node) {
    const Place hours{entry.second, place.path + "." + entry.first.Scalar()};
    const auto [first, last] = days_of(hours, entry.first.Scalar());
    DayHours day;
    read(hours, day);
    for (std::size_t i = 1; i < day.size(); ++i) {
      if (day[i].from < day[i - 1].to) hours.fail("hours in order that do not overlap");
    }
    std::fill(into.begin() + static_cast<std::ptrdiff_t>(first),
              into.begin() + static_cast<std::ptrdiff_t>(last) + 1, day);
  }
  const auto closed = [](const DayHours& day) { return day.empty(); };
  if (std::ranges::all_of(into, closed)) place.fail("open on one day at least");
}

void read(const Place& place, Zone& into) {
  auto zone = Zone::load(place.text("an IANA time zone such as Asia/Shanghai"));
  if (!zone) throw PolicyError{place.node.Mark().line + 1, zone.error()};
  into = std::move(*zone);
}

void read_calendars(const Place& place, Policy& policy) {
  if (!place.node.IsSequence()) place.fail("a list of calendars");
  for (std::size_t i = 0; i < place.node.size(); ++i) {
    Keys keys({place.node[i], place.path + "[" + std::to_string(i) + "]"});
    CalendarRules rules;
    keys.require("id", rules.id);
    keys.require("tz", rules.zone);
    const auto week = keys.find("week");
    if (!week) place.fail("given its 'week'");
    read_week(*week, rules.week);
    keys.take("holidays", rules.holidays);
    keys.take("make_up_workdays", rules.make_up_days);
    keys.done();
    policy.calendars.emplace_back(std::move(rules));
  }
}

/// The calendar in whose business time the amounts of `keys` are told.
class BusinessTime {
 public:
  /// Takes the key `calendar` into `into`.
  BusinessTime(Keys& keys, const Policy& policy, std::optional<CalendarId>& into) : keys_(keys) {
    const auto place = keys.find("calendar");
    if (!place) return;
    auto& id = into.emplace();
    read(*place, id);
    const auto found = std::ranges::find(policy.calendars, id, &Calendar::id);
    if (found == policy.calendars.end()) place->fail("the id of one of the 'calendars'");
    calendar_ = &*found;
  }

  void take(const std::string& key, Duration& into) {
    const auto place = keys_.find(key);
    if (!place) return;
    Amount amount;
    read(*place, amount);
    into = amount.plain;
    if (amount.business_days != 0) {
      if (calendar_ == nullptr) place->fail("without 'bd', because no calendar is named");
      into += calendar_->business_day() * amount.business_days;
    }
    if (calendar_ != nullptr && into / calendar_->business_day() > kMostDays)
      place->fail("at most 10000 of the calendar's business days");
  }

 private:
  static constexpr int kMostDays = 10'000;

  Keys& keys_;
  const Calendar* calendar_ = nullptr;  // none named: every hour counts
};

void read_intake(const Place& place, Policy& policy) {
  Keys keys(place);
  if (const auto required = keys.find("required")) {
    Keys kinds(*required);
    for (std::size_t kind = 0; kind < policy.intake.size(); ++kind) {
      kinds.take(std::string(name_of(static_cast<CaseKind>(kind))), policy.intake[kind]);
    }
    kinds.done();
  }
  keys.done();
}

void read(const Place& place, RoleRules& into) {
  read_members(place, into, optional("lead", &RoleRules::lead), optional("reviewer", &RoleRules::reviewer));
}

void read_priority(const Place& place, Policy& policy) {
  Keys keys(place);
  if (const auto matrix = keys.find("matrix")) {
    Keys impacts(*matrix);
    for (std::size_t impact = 0; impact < 3; ++impact) {
      const auto row = impacts.find(std::string(name_of(static_cast<Level>(impact))));
      if (!row) matrix->fail("given for impact low, medium and high");
      Keys urgencies(*row);
      for (std::size_t urgency = 0; urgency < 3; ++urgency) {
        urgencies.require(std::string(name_of(static_cast<Level>(urgency))),
                          policy.priority_matrix[impact][urgency]);
      }
      urgencies.done();
    }
    impacts.done();
  }
  keys.done();
}

void read(const Place& place, EscalationStep& into) {
  read_members(place, into, required("at", &EscalationStep::at_percent), required("to", &EscalationStep::to));
  if (into.at_percent < 100 || into.at_percent > 1000) place.fail("a step at 100 to 1000 percent");
}

void read_sla(const Place& place, Policy& policy) {
  Keys priorities(place);
  for (std::size_t priority = 0; priority < policy.sla.size(); ++priority) {
    const auto row = priorities.find(std::string(name_of(static_cast<Priority>(priority))));
    if (!row) continue;
    auto& rules = policy.sla[priority];
    Keys keys(*row);
    BusinessTime time(keys, policy, rules.calendar);
    time.take("first_response", rules.first_response);
    time.take("next_update", rules.next_update);
    time.take("resolution", rules.resolution);
    keys.take("warn", rules.warn_percent);
    keys.take("escalate", rules.escalate);
    keys.done();
    if (!std::ranges::is_sorted(rules.escalate, {}, &EscalationStep::at_percent))
      row->fail("given its 'escalate' steps in rising order");
    if (rules.warn_percent && (*rules.warn_percent < 1 || *rules.warn_percent > 99))
      row->fail("warned between 1 and 99 percent");
  }
  priorities.done();
}

void read_handoff(const Place& place, Policy& policy) {
  auto& rules = policy.handoff;
  Keys keys(place);
  BusinessTime time(keys, policy, rules.calendar);
  time.take("accept_within", rules.accept_within);
  time.take("complete_within", rules.complete_within);
  keys.take("bounce_limit", rules.bounce_limit);
  keys.take("ruling_role", rules.ruling_role);
  keys.take("escalate_to", rules.escalate_to);
  keys.done();
}

void read(const Place& place, AssignmentRules& into) {
  read_members(place, into, optional("accept_within", &AssignmentRules::accept_within));
}

void read_owner(const Place& place, Policy& policy) {
  read_members(place, policy, optional("basis", &Policy::owner));
}

void read(const Place& place, SuspensionRules& into) {
  read_members(place, into, optional("max", &SuspensionRules::max),
               optional("pauses", &SuspensionRules::pauses));
}

void read_complaint(const Place& place, Policy& policy) {
  auto& rules = policy.complaint;
  Keys keys(place);
  BusinessTime(keys, policy, rules.calendar).take("accept_within", rules.accept_within);
  keys.take("criteria", rules.criteria);
  keys.take("escalate_to", rules.escalate_to);
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
}

void read(const Place& place, LateActivity& into) {
  read_members(place, into, required("after", &LateActivity::after),
               required("not_before", &LateActivity::not_before));
}

void read_callback(const Place& place, Policy& policy) {
  auto& rules = policy.callback;
  Keys keys(place);
  std::vector<Zone> zones;
  keys.take("zones", zones);
  CalendarRules hours;
  std::ranges::fill(hours.week, DayHours{{std::chrono::minutes{0}, std::chrono::hours{24}}});
  if (const auto week = keys.find("hours")) {
    std::ranges::fill(hours.week, DayHours{});
    read_week(*week, hours.week);
  }
  keys.take("quiet_days", hours.holidays);
  std::optional<LateActivity> late;
  keys.take("late_activity", late);
  for (auto& zone : zones) {
    hours.id.value = zone.name();
    hours.zone = std::move(zone);
    rules.hours.push_back({Calendar(hours), late});
  }
  if (const auto attempts = keys.find("attempts")) {
    Keys limits(*attempts);
    limits.take("max", rules.max_attempts);
    limits.take("gap", rules.gap);
    limits.done();
  }
  keys.take("form", rules.form);
  keys.take("plans", rules.plans);
  keys.done();
}

void read(const Place& place, SamplingRule& into) {
  read_members(place, into, required("group", &SamplingRule::group),
               required("percent", &SamplingRule::percent));
  if (into.percent > 100) place.fail("a sample of 0 to 100 percent");
}

void read(const Place& place, ScorecardItem& into) {
  read_members(place, into, required("id", &ScorecardItem::id),
               optional("dimension", &ScorecardItem::dimension), required("max", &ScorecardItem::max));
}

void read_review(const Place& place, Policy& policy) {
  auto& rules = policy.review;
  Keys keys(place);
  keys.take("sampling", rules.sampling);
  if (const auto scorecard = keys.find("scorecard")) {
    Keys card(*scorecard);
    card.require("id", rules.scorecard.id);
    card.take("version", rules.scorecard.version);
    card.take("items", rules.items);
    card.take("auto_fail", rules.auto_fail);
    card.done();
  }
  keys.done();
}

void read(const Place& place, ClosingRules& into) {
  read_members(place, into, optional("confirmation_window", &ClosingRules::confirmation_window),
               optional("after_window", &ClosingRules::after_window),
               optional("reopen_window", &ClosingRules::reopen_window),
               optional("message_on_closed", &ClosingRules::message_on_closed));
}

/// A section that is one member of the policy.
template <auto Rules>
void read_rules(const Place& place, Policy& policy) {
  read(place, policy.*Rules);
}

/// Calendars come first, because the others name them.
constexpr std::array<std::pair<const char*, void (*)(const Place&, Policy&)>, 15> kSections{{
    {"calendars", read_calendars},
    {"departments", read_rules<&Policy::departments>},
    {"routing", read_rules<&Policy::routing>},
    {"intake", read_intake},
    {"roles", read_rules<&Policy::roles>},
    {"priority", read_priority},
    {"sla", read_sla},
    {"handoff", read_handoff},
    {"assignment", read_rules<&Policy::assignment>},
    {"owner", read_owner},
    {"suspension", read_rules<&Policy::suspension>},
    {"complaint", read_complaint},
    {"callback", read_callback},
    {"review", read_review},
    {"closing", read_rules<&Policy::closing>},
}};

/// Departments that routes name but the policy does not have.
void check_routes(const Place& routing, const Policy& policy) {
  for (std::size_t i = 0; i < policy.routing.size(); ++i) {
    const Place to{routing.node[i]["to"], "routing[" + std::to_string(i) + "].to"};
    if (!policy.knows(policy.routing[i].to)) to.fail("the id of one of the 'departments'");
  }
}

Policy read_policy(std::string_view yaml) {
  Policy policy;
  const auto root = YAML::Load(std::string(yaml));
  if (root.IsNull()) return policy;
  Keys keys({root, ""});
  for (const auto& [name, read_section] : kSections) {
    if (const auto section = keys.find(name)) read_section(*section, policy);
  }
  keys.done();
  if (const auto routing = keys.find("routing")) check_routes(*routing, policy);
  return policy;
}

}  // namespace

std::expected<Policy, PolicyError> parse_policy(std::string_view yaml) {
  try {
    return read_policy(yaml);
  } catch (const PolicyError& error) {
    return std::unexpected(error);
  } catch (const YAML::Exception& error) {
    return std::unexpected(PolicyError{error.mark.line + 1, "Expected YAML, but " + error.msg + "."});
  }
}

std::expected<Policy, PolicyError> parse_new_policy(std::string_view yaml) {
  auto policy = parse_policy(yaml);
  if (!policy || YAML::Load(std::string(yaml)).size() > 0) return policy;
  return std::unexpected(PolicyError{0,
                                     "Expected at least one section, such as 'departments' or 'sla', but "
                                     "there is none: published, it would take "
                                     "every rule away. If that is meant, write 'departments: []'."});
}

}  // namespace casetrail
