// Adds quarters of an hour up to local days, weeks and months.
#include "projections/cases/periods.h"

#include <algorithm>
#include <chrono>

#include "projections/kit/add_up.h"
#include "projections/kit/lists.h"
#include "projections/kit/table.h"

namespace casetrail::cases {
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
  return kit::order_of(quarter_of(at)).append(department.value_or(""));
}

std::vector<PeriodSum> last_periods(std::span<const kit::Rows* const> partitions, Period period,
                                    const Zone& zone, Timestamp now,
                                    std::span<const std::string> departments) {
  const auto days_of_borders = borders(period, local_day(now, zone));
  std::vector<std::int64_t> ends;  // of the periods, the last one first, then the beginning of the first one
  for (const auto day : days_of_borders) ends.push_back(quarter_of(begin_of(day, zone)));
  std::vector<PeriodSum> sums;
  sums.reserve(days_of_borders.size());
  for (std::size_t i = 1; i < days_of_borders.size(); ++i)
    sums.push_back({date_text(days_of_borders[i]), {}});
  const std::string letter(1, kPeriods);
  for (const auto* rows : partitions) {
    rows->scan_from(
        letter, letter + kit::order_of(ends.back()), [&](std::string_view key, std::string_view bytes) {
          const auto quarter = kit::number_of(key.substr(1));
          if (quarter >= ends.front()) return false;
          const std::string department(key.substr(1 + sizeof quarter));
          if (!departments.empty() && std::ranges::find(departments, department) == departments.end())
            return true;
          const auto which = std::ranges::find_if(ends, [&](std::int64_t end) { return end <= quarter; });
          kit::add_up(sums[static_cast<std::size_t>(which - ends.begin()) - 1].sum,
                      kit::decode_row<PeriodRow>(key, bytes));
          return true;
        });
  }
  return sums;
}

}  // namespace casetrail::cases
