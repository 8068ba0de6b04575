// What a policy answers, and what it says when nobody wrote one.
#include "aggregates/policy/policy.h"

#include <algorithm>

namespace casetrail {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

bool matches(std::string_view pattern, std::string_view category) {
  if (!pattern.ends_with('*')) return pattern == category;
  return category.starts_with(pattern.substr(0, pattern.size() - 1));
}

bool is_about(const ApprovalRule& rule, const Code<ApprovalSubject>& subject) {
  return std::ranges::find(rule.subjects, subject) != rule.subjects.end();
}

SlaRules promise(Duration first_response, Duration next_update, Duration resolution) {
  SlaRules rules;
  rules.first_response = first_response;
  rules.next_update = next_update;
  rules.resolution = resolution;
  rules.escalate = {{100, {"lead"}}};
  return rules;
}

}  // namespace

Policy::Policy()
    : priority_matrix{{{Priority::P4, Priority::P4, Priority::P3},
                       {Priority::P4, Priority::P3, Priority::P2},
                       {Priority::P3, Priority::P2, Priority::P1}}},
      sla{promise(minutes{15}, hours{4}, hours{8}), promise(hours{1}, hours{8}, hours{24}),
          promise(hours{4}, hours{24}, hours{72}), promise(hours{8}, hours{24}, hours{120})} {}

const Department* Policy::find_department(const DepartmentId& id) const {
  const auto found = std::ranges::find(departments, id, &Department::id);
  return found == departments.end() ? nullptr : &*found;
}

const Zone& Policy::zone() const {
  static const Zone utc;
  if (boards.zone) return *boards.zone;
  return calendars.empty() ? utc : calendars.front().zone();
}

const Route* Policy::find_route(std::string_view category) const {
  const auto found =
      std::ranges::find_if(routing, [&](const Route& route) { return matches(route.category, category); });
  return found == routing.end() ? nullptr : &*found;
}

std::span<const IntakeField> Policy::required_of(const Code<CaseKind>& kind) const {
  const auto found = intake.find(kind.text());
  return found == intake.end() ? std::span<const IntakeField>() : found->second;
}

bool Policy::needs_approval(const Code<ApprovalSubject>& subject) const {
  return std::ranges::any_of(approvals, [&](const ApprovalRule& rule) { return is_about(rule, subject); });
}

bool Policy::may_approve(const Code<ApprovalSubject>& subject, std::optional<std::int64_t> amount_minor,
                         const std::optional<std::string>& role) const {
  const auto allows = [&](const ApprovalRule& rule) {
    const bool in_role = rule.by.empty() || (role && std::ranges::find(rule.by, *role) != rule.by.end());
    const bool within = !rule.up_to_minor || (amount_minor && *amount_minor <= *rule.up_to_minor);
    return is_about(rule, subject) && in_role && within;
  };
  return !needs_approval(subject) || std::ranges::any_of(approvals, allows);
}

const Calendar* Policy::find_calendar(const std::optional<CalendarId>& id) const {
  if (!id) return nullptr;
  const auto found = std::ranges::find(calendars, *id, &Calendar::id);
  return found == calendars.end() ? nullptr : &*found;
}

Timestamp Policy::add(const std::optional<CalendarId>& calendar, Timestamp at,
                      const BusinessSpan& amount) const {
  const auto* found = find_calendar(calendar);
  return found == nullptr ? at + std::chrono::days{amount.days} + amount.time : found->add(at, amount);
}

Duration Policy::length(const std::optional<CalendarId>& calendar, Timestamp at,
                        const BusinessSpan& amount) const {
  return amount.days == 0 ? amount.time : between(calendar, at, add(calendar, at, amount));
}

const std::optional<CalendarId>& Policy::hours_of(const DepartmentId& id) const {
  const auto* department = find_department(id);
  return department != nullptr && department->calendar ? department->calendar : handoff.calendar;
}

Duration Policy::between(const std::optional<CalendarId>& calendar, Timestamp from, Timestamp to) const {
  const auto* found = find_calendar(calendar);
  return found == nullptr ? to - from : found->business_between(from, to);
}

std::vector<std::string> warnings_of(const Policy& policy, Timestamp now) {
  std::vector<std::string> warnings;
  for (const auto& calendar : policy.calendars) {
    const auto last = calendar.last_special_day();
    if (!last || *last >= std::chrono::floor<std::chrono::days>(now)) continue;
    const auto day = to_wire(Timestamp{last->time_since_epoch()}).substr(0, 10);
    warnings.push_back("Calendar '" + calendar.id().value + "' knows no holiday after " + day +
                       ": from then on every week counts as usual. Add those of the coming year.");
  }
  return warnings;
}

}  // namespace casetrail
