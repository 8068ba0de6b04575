// Business time: which hours count, in whose time zone, on which days.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <vector>

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
  std::array<DayHours, 7> week;                     ///< Monday first
  std::vector<std::chrono::sys_days> holidays;      ///< nothing is open, whatever the week says
  std::vector<std::chrono::sys_days> make_up_days;  ///< open like the week's first open day (调休)
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

  /// The business time from `from` to `to`, negative when `to` is earlier. The inverse of `add_business`:
  /// `business_between(at, add_business(at, amount)) == amount` for every `amount` ≥ 0.
  [[nodiscard]] Duration business_between(Timestamp from, Timestamp to) const;

  /// `at` when it is open, else when it opens next.
  [[nodiscard]] Timestamp next_open(Timestamp at) const;

  /// When the hours that are open at `at`, or open next, end.
  [[nodiscard]] Timestamp closes_after(Timestamp at) const;

  /// What `1bd` means: the mean business time of a day on which hours begin; midnight ends no night shift.
  [[nodiscard]] Duration business_day() const;

 private:
  struct Interval {
    Timestamp begin;
    Timestamp end;
  };

  [[nodiscard]] const DayHours& hours_of(std::chrono::sys_days day) const;
  template <class Visit>
  void visit_open(Timestamp from, Visit visit) const;

  CalendarRules rules_;
  DayHours make_up_hours_;
};

}  // namespace casetrail
