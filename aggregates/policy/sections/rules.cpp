// Checks what sections name by ids and limit by amounts.
#include "aggregates/policy/sections/rules.h"

#include <algorithm>

namespace casetrail::yaml {

void Bounds::tell(Shape& shape) const {
  shape.least = least;
  shape.most = most;
}

void KnownRoles::check_one(const Place& place, const std::string& role) const {
  if (roles.lead.empty() || role.empty()) return;
  for (const auto* known : {&roles.lead, &roles.reviewer}) {
    if (std::ranges::find(*known, role) != known->end()) return;
  }
  place.refuse_new("a role of 'roles.lead' or 'roles.reviewer'");
}

void KnownRoles::check(const Place& place, const std::vector<std::string>& named) const {
  for (std::size_t i = 0; i < named.size(); ++i) check_one(place.element(i), named[i]);
}

void KnownRoles::check(const Place& place, const std::optional<std::string>& named) const {
  check_one(place, *named);
}

void KnownRoles::tell(Shape& shape) const {
  shape.rules.emplace_back("roles of `roles.lead` or `roles.reviewer`, where the policy names leads");
}

BusinessTime::BusinessTime(Section& keys, const Policy& policy, std::optional<CalendarId>& into)
    : keys_(keys) {
  keys.together([&](const Place& place, Keys&) { named_ = place.node["calendar"].IsDefined(); });
  const auto find = [&](const Place& place, const std::optional<CalendarId>& id) {
    const auto found = std::ranges::find(policy.calendars, *id, &Calendar::id);
    if (found == policy.calendars.end()) place.fail("the id of one of the 'calendars'");
    calendar_ = &*found;
  };
  keys.take("calendar", into,
            "The calendar in whose business time the amounts of this section count; without one every hour "
            "counts.",
            Rule{"one of the `calendars`", find});
}

void BusinessTime::take(const std::string& key, BusinessSpan& into, std::string_view meaning) {
  keys_.take(key, into, meaning,
             Rule{"`bd` beside a `calendar` alone",
                  [this](const Place& place, const BusinessSpan& limit) { check(place, limit); }},
             kSome);
}

void BusinessTime::check(const Place& place, const BusinessSpan& limit) const {
  static constexpr int kMostDays = 10'000;
  if (limit.days != 0 && !named_) place.fail("without 'bd', because no calendar is named");
  if (about(limit) / day() > kMostDays) place.fail("at most 10000 of the calendar's business days");
}

Duration BusinessTime::day() const {
  // One with faults may have hours of no length.
  const auto day = calendar_ == nullptr ? Duration{0} : calendar_->business_day();
  return day == Duration{0} ? Duration{std::chrono::days{1}} : day;
}

}  // namespace casetrail::yaml
