// Business time: which hours count, in whose time zone, on which days.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "aggregates/time/business_span.h"
#include "aggregates/time/zone.h"
#include "events/wire/ids.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// From `from` < 24 h up to, not including, `to` ≤ `from` + 24 h, perhaps of the next day (22 h to 30 h).
struct OpenHours {
  std::chrono::minutes from{};
  std::chrono::minutes to{};
};

/// The hours that begin on a day, in order, not overlapping.
using DayHours = std::vector<OpenHours>;

struct CalendarRules {
  CalendarId id;
  Zone zone;
  std::array<DayHours, 7> week;                             ///< Monday first
  std::vector<std::chrono::sys_days> holidays;              ///< nothing is open, whatever the week says
  std::vector<std::chrono::sys_days> make_up_days;          ///< open like the week's first open day (调休)
  std::map<std::chrono::sys_days, DayHours> special_hours;  ///< of a day, whatever else is said of it
};

/// Why a day has the hours that it has: as its week has, or otherwise.
enum class DayKind { open, closed, holiday, make_up, special };
constexpr auto enum_names(DayKind) {
  return std::to_array<std::string_view>({"open", "closed", "holiday", "make_up", "special"});
}

/// Hours that count on the way from one moment to another, or a day on which none begin.
struct CalendarStep {
  std::chrono::sys_days day;  ///< in the calendar's zone
  DayKind kind{};
  Timestamp from{};
  Timestamp to{};  ///< equal to `from` on a day without hours

  [[nodiscard]] Duration counted() const { return to - from; }
};

/// Needs at least one open day in the week.
class Calendar {
 public:
  explicit Calendar(CalendarRules rules);

  [[nodiscard]] const CalendarId& id() const { return rules_.id; }
  [[nodiscard]] const Zone& zone() const { return rules_.zone; }

  /// The moment at which `amount` of business time has passed since `at`; `at` itself when there is none to
  /// pass.
  [[nodiscard]] Timestamp add_business(Timestamp at, Duration amount) const;

  /// The same time of the day, `days` ≥ 0 open days later, or the end of that day's hours when they are
  /// shorter. A night shift is one day, from the day on which it begins. From a moment that is closed on,
  /// `days` days are over with the hours of the last of them.
  [[nodiscard]] Timestamp add_days(Timestamp at, int days) const;

  /// First the days, then the time.
  [[nodiscard]] Timestamp add(Timestamp at, const BusinessSpan& span) const;

  /// The business time from `from` to `to`, negative when `to` is earlier. The inverse of `add_business`:
  /// `business_between(at, add_business(at, amount)) == amount` for every `amount` ≥ 0.
  [[nodiscard]] Duration business_between(Timestamp from, Timestamp to) const;

  /// The way from `from` to a later `to`, in order: what is counted in all is `business_between`.
  [[nodiscard]] std::vector<CalendarStep> steps(Timestamp from, Timestamp to) const;

  /// `at` when it is open, else when it opens next.
  [[nodiscard]] Timestamp next_open(Timestamp at) const;

  /// When the hours that are open at `at`, or open next, end.
  [[nodiscard]] Timestamp closes_after(Timestamp at) const;

  /// The mean business time of a day on which hours begin: how long `1bd` is about. Midnight ends no night
  /// shift.
  [[nodiscard]] Duration business_day() const;

  /// The last day of the calendar that is not as its week is; absent when all are.
  [[nodiscard]] std::optional<std::chrono::sys_days> last_special_day() const;

 private:
  struct Interval {
    Timestamp begin;
    Timestamp end;
  };

  /// The hours that begin on a day, with what of them midnight does not end.
  struct Shift {
    std::chrono::sys_days day;
    Timestamp begin;
    Timestamp end;
  };

  [[nodiscard]] const DayHours& hours_of(std::chrono::sys_days day) const;
  [[nodiscard]] DayKind kind_of(std::chrono::sys_days day) const;
  [[nodiscard]] bool goes_on_from_the_day_before(std::chrono::sys_days day) const;
  [[nodiscard]] std::optional<Shift> shift_of(std::chrono::sys_days day) const;
  [[nodiscard]] Shift next_shift(std::chrono::sys_days day) const;
  [[nodiscard]] std::chrono::sys_days local_day(Timestamp at) const;
  template <class Visit>
  void visit_open(Timestamp from, Visit visit) const;

  CalendarRules rules_;
  DayHours make_up_hours_;
};

}  // namespace casetrail
