// What happened day by day: counted in quarters of an hour, so that the days of every zone can be added up.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/time/zone.h"
#include "projections/kit/histogram.h"
#include "projections/kit/view.h"

namespace casetrail::cases {

inline constexpr char kPeriods = 'p';  ///< by quarter of an hour and department

struct PeriodRow {
  std::int64_t registered = 0;
  std::int64_t resolved = 0;
  std::int64_t closed = 0;
  std::int64_t reopened = 0;
  std::int64_t targets_met = 0;
  std::int64_t targets_breached = 0;
  std::int64_t answered = 0;         ///< callbacks with answers
  std::int64_t satisfied = 0;        ///< of these, by satisfied customers
  kit::Histogram first_response_ms;  ///< registered to the first word to the customer, by every hour
  kit::Histogram resolve_ms;         ///< registered or reopened to resolved, by every hour

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(registered), CEREAL_NVP(resolved), CEREAL_NVP(closed), CEREAL_NVP(reopened),
            CEREAL_NVP(targets_met), CEREAL_NVP(targets_breached), CEREAL_NVP(answered),
            CEREAL_NVP(satisfied), CEREAL_NVP(first_response_ms), CEREAL_NVP(resolve_ms));
  }
};

[[nodiscard]] std::string period_key(Timestamp at, const std::optional<std::string>& department);

enum class Period { day, week, month };
constexpr auto enum_names(Period) { return std::to_array<std::string_view>({"day", "week", "month"}); }

struct PeriodSum {
  std::string begins;  ///< the local date of its first day; a week begins on Monday
  PeriodRow sum;
};

/// The last 14 days, 12 weeks or 12 months up to `now`, the last one first, those without events too. Without
/// `departments` it is of all.
[[nodiscard]] std::vector<PeriodSum> last_periods(std::span<const kit::Rows* const> partitions, Period period,
                                                  const Zone& zone, Timestamp now,
                                                  std::span<const std::string> departments);

}  // namespace casetrail::cases
