// Walks the open hours, day by day, in the calendar's own zone.
#include "aggregates/time/calendar.h"

#include <algorithm>

namespace casetrail {

Calendar::Calendar(CalendarRules rules) : rules_(std::move(rules)) {
  std::ranges::sort(rules_.holidays);
  std::ranges::sort(rules_.make_up_days);
  const auto open = std::ranges::find_if(rules_.week, [](const DayHours& day) { return !day.empty(); });
  if (open != rules_.week.end()) make_up_hours_ = *open;
}

const DayHours& Calendar::hours_of(std::chrono::sys_days day) const {
  static const DayHours kClosed;
  if (const auto special = rules_.special_hours.find(day); special != rules_.special_hours.end())
    return special->second;
  if (std::ranges::binary_search(rules_.make_up_days, day)) return make_up_hours_;
  if (std::ranges::binary_search(rules_.holidays, day)) return kClosed;
  return rules_.week[std::chrono::weekday{day}.iso_encoding() - 1];
}

DayKind Calendar::kind_of(std::chrono::sys_days day) const {
  if (rules_.special_hours.contains(day)) return DayKind::special;
  if (std::ranges::binary_search(rules_.make_up_days, day)) return DayKind::make_up;
  if (std::ranges::binary_search(rules_.holidays, day)) return DayKind::holiday;
  return hours_of(day).empty() ? DayKind::closed : DayKind::open;
}

/// Calls `visit` with the open intervals after `from`, the first cut at `from`, until it returns false. The
/// day before may have hours over midnight.
template <class Visit>
void Calendar::visit_open(Timestamp from, Visit visit) const {
  if (make_up_hours_.empty()) return;
  auto day = local_day(from) - std::chrono::days{1};
  for (;; day += std::chrono::days{1}) {
    for (const auto& hours : hours_of(day)) {
      const auto begin = rules_.zone.to_utc(day.time_since_epoch() + hours.from);
      const auto end = rules_.zone.to_utc(day.time_since_epoch() + hours.to);
      if (end <= from || end <= begin) continue;
      if (!visit(Interval{std::max(begin, from), end})) return;
      from = end;
    }
  }
}

Timestamp Calendar::add_business(Timestamp at, Duration amount) const {
  if (amount <= Duration{0}) return at;
  visit_open(at, [&](Interval open) {
    const auto available = open.end - open.begin;
    if (amount <= available) {
      at = open.begin + amount;
      return false;
    }
    amount -= available;
    return true;
  });
  return at;
}

Duration Calendar::business_between(Timestamp from, Timestamp to) const {
  if (to < from) return -business_between(to, from);
  Duration sum{0};
  visit_open(from, [&](Interval open) {
    if (open.begin >= to) return false;
    sum += std::min(open.end, to) - open.begin;
    return open.end < to;
  });
  return sum;
}

std::vector<CalendarStep> Calendar::steps(Timestamp from, Timestamp to) const {
  std::vector<CalendarStep> steps;
  auto next_day = local_day(from);
  visit_open(from, [&](Interval open) {
    const bool ends = open.begin >= to;
    const auto day = ends ? local_day(to) + std::chrono::days{1} : local_day(open.begin);
    for (; next_day < day; next_day += std::chrono::days{1}) {
      if (hours_of(next_day).empty()) steps.push_back({next_day, kind_of(next_day), to, to});
    }
    if (ends) return false;
    steps.push_back({day, kind_of(day), open.begin, std::min(open.end, to)});
    next_day = std::max(next_day, day + std::chrono::days{1});
    return open.end < to;
  });
  return steps;
}

std::chrono::sys_days Calendar::local_day(Timestamp at) const {
  return std::chrono::floor<std::chrono::days>(std::chrono::sys_time<Duration>{rules_.zone.to_local(at)});
}

/// Whether the first hours of a day are the end of a night shift. A day that is open all around is a day.
bool Calendar::goes_on_from_the_day_before(std::chrono::sys_days day) const {
  static constexpr std::chrono::minutes kMidnight = std::chrono::days{1};
  const auto& hours = hours_of(day);
  if (hours.empty() || hours.front().from != std::chrono::minutes{0} || hours.front().to >= kMidnight)
    return false;
  const auto& before = hours_of(day - std::chrono::days{1});
  return !before.empty() && before.back().to == kMidnight;
}

std::optional<Calendar::Shift> Calendar::shift_of(std::chrono::sys_days day) const {
  const auto& hours = hours_of(day);
  const std::size_t first = goes_on_from_the_day_before(day) ? 1 : 0;
  if (hours.size() <= first) return std::nullopt;
  const auto next = day + std::chrono::days{1};
  const auto midnight = day.time_since_epoch();
  Duration end = midnight + hours.back().to;
  if (goes_on_from_the_day_before(next)) end = next.time_since_epoch() + hours_of(next).front().to;
  return Shift{day, rules_.zone.to_utc(midnight + hours[first].from), rules_.zone.to_utc(end)};
}

Calendar::Shift Calendar::next_shift(std::chrono::sys_days day) const {
  for (;; day += std::chrono::days{1}) {
    if (const auto shift = shift_of(day)) return *shift;
  }
}

Timestamp Calendar::add_days(Timestamp at, int days) const {
  if (days <= 0 || make_up_hours_.empty()) return at;
  auto shift = next_shift(local_day(at) - std::chrono::days{1});
  while (shift.end <= at) shift = next_shift(shift.day + std::chrono::days{1});
  const bool began = shift.begin <= at;
  const auto since_midnight = rules_.zone.to_local(at) - shift.day.time_since_epoch();
  for (int day = began ? 0 : 1; day < days; ++day) shift = next_shift(shift.day + std::chrono::days{1});
  if (!began) return shift.end;
  const auto wanted = rules_.zone.to_utc(shift.day.time_since_epoch() + since_midnight);
  return std::clamp(next_open(std::max(wanted, shift.begin)), shift.begin, shift.end);
}

Timestamp Calendar::add(Timestamp at, const BusinessSpan& span) const {
  return add_business(add_days(at, span.days), span.time);
}

std::optional<std::chrono::sys_days> Calendar::last_special_day() const {
  std::optional<std::chrono::sys_days> last;
  const auto take = [&](std::chrono::sys_days day) { last = std::max(last.value_or(day), day); };
  if (!rules_.holidays.empty()) take(rules_.holidays.back());
  if (!rules_.make_up_days.empty()) take(rules_.make_up_days.back());
  if (!rules_.special_hours.empty()) take(rules_.special_hours.rbegin()->first);
  return last;
}

Timestamp Calendar::next_open(Timestamp at) const {
  visit_open(at, [&](Interval open) {
    at = open.begin;
    return false;
  });
  return at;
}

Timestamp Calendar::closes_after(Timestamp at) const {
  visit_open(at, [&](Interval open) {
    at = open.end;
    return false;
  });
  return at;
}

Duration Calendar::business_day() const {
  static constexpr Duration kMidnight = std::chrono::days{1};
  Duration sum{0};
  int days = 0;
  for (std::size_t i = 0; i < rules_.week.size(); ++i) {
    const auto& day = rules_.week[i];
    if (day.empty()) continue;
    for (const auto& hours : day) sum += hours.to - hours.from;
    const auto& before = rules_.week[(i + 6) % 7];
    const bool goes_on = day.front().from == Duration{0} && !before.empty() && before.back().to == kMidnight;
    days += goes_on && day.size() == 1 && day.front().to < kMidnight ? 0 : 1;
  }
  return days == 0 ? kMidnight : sum / days;
}

}  // namespace casetrail
