// Adds quarters of an hour up to local days, weeks and months.
#include "projections/kit/periods.h"

#include <algorithm>
#include <chrono>

#include "events/wire/reflect.h"
#include "projections/kit/lists.h"

namespace casetrail::kit {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr Duration kQuarter = std::chrono::minutes(15);
constexpr int kDays = 14;
constexpr int kWeeks = 12;
constexpr int kMonths = 12;

std::int64_t quarter_of(Timestamp at) {
  return std::chrono::floor<Duration>(at.time_since_epoch()) / kQuarter;
}

sys_days local_day(Timestamp at, const Zone& zone) {
  return sys_days(std::chrono::floor<days>(zone.to_local(at)));
}

Timestamp begin_of(sys_days local, const Zone& zone) {
  return zone.to_utc(std::chrono::duration_cast<LocalTime>(local.time_since_epoch()));
}

sys_days first_of_month(sys_days day) {
  const year_month_day date{day};
  return date.year() / date.month() / std::chrono::day{1};
}

/// The first days of the periods, the last one first, and the day after them all at the front.
std::vector<sys_days> borders(Period period, sys_days today) {
  std::vector<sys_days> all;
  switch (period) {
    case Period::day:
      for (int i = -1; i < kDays; ++i) all.push_back(today - days(i));
      break;
    case Period::week: {
      const auto monday = today - (std::chrono::weekday(today) - std::chrono::Monday);
      for (int i = -1; i < kWeeks; ++i) all.push_back(monday - days(7 * i));
      break;
    }
    case Period::month: {
      const year_month_day month{first_of_month(today)};
      for (int i = -1; i < kMonths; ++i) all.push_back(month - months(i));
      break;
    }
  }
  return all;
}

std::string date_text(sys_days day) {
  return to_wire(Timestamp(day)).substr(0, std::string_view("2026-11-23").size());
}

}  // namespace

std::string period_key(Timestamp at, const std::optional<std::string>& department) {
  return order_of(quarter_of(at)).append(department.value_or(""));
}

PeriodQuery::PeriodQuery(const Filters& filters, const BoardQuery& query, const FilterType& period) {
  const auto asked = filters.text(period.name);
  if (!asked) return;
  const auto named = filters.text(kZoneFilter.name);
  const auto zone =
      named ? Zone::load(std::string(*named)).value_or(query.settings.zone) : query.settings.zone;
  const auto days_of_borders = borders(*enum_from<Period>(*asked), local_day(query.now, zone));
  for (const auto day : days_of_borders) ends_.push_back(quarter_of(begin_of(day, zone)));
  const auto moment = [](std::int64_t quarter) { return Timestamp(quarter * kQuarter); };
  for (std::size_t i = 1; i < days_of_borders.size(); ++i)
    spans_.push_back({date_text(days_of_borders[i]), moment(ends_[i]), moment(ends_[i - 1])});
}

void PeriodQuery::read(std::span<const Rows* const> partitions, std::span<const std::string> departments,
                       const OnRow& on_row) const {
  if (ends_.empty()) return;
  const std::string letter(1, kPeriods);
  for (const auto* rows : partitions) {
    rows->scan_from(
        letter, letter + order_of(ends_.back()), [&](std::string_view key, std::string_view bytes) {
          const auto quarter = number_of(key.substr(1));
          if (quarter >= ends_.front()) return false;
          const auto department = key.substr(1 + sizeof quarter);
          if (!departments.empty() && std::ranges::find(departments, department) == departments.end())
            return true;
          const auto which = std::ranges::find_if(ends_, [&](std::int64_t end) { return end <= quarter; });
          on_row(static_cast<std::size_t>(which - ends_.begin()) - 1, key, bytes);
          return true;
        });
  }
}

}  // namespace casetrail::kit
