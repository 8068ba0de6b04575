// What happened day by day: counted in quarters of an hour, so that the days of every zone can be added up.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/time/zone.h"
#include "projections/kit/add_up.h"
#include "projections/kit/filters.h"
#include "projections/kit/shape.h"
#include "projections/kit/table.h"
#include "projections/kit/view.h"

namespace casetrail::kit {

inline constexpr char kPeriods = 'p';  ///< by quarter of an hour and department

[[nodiscard]] std::string period_key(Timestamp at, const std::optional<std::string>& department);

enum class Period { day, week, month };
constexpr auto enum_names(Period) { return std::to_array<std::string_view>({"day", "week", "month"}); }

inline constexpr FilterKind kZoneName{[](std::string_view value) -> std::optional<std::string> {
                                        if (Zone::load(std::string(value))) return std::nullopt;
                                        return "the name of a time zone such as Asia/Shanghai";
                                      },
                                      [] { return std::string(R"({"type":"string"})"); }, true};

inline constexpr FilterType kPeriodFilter{
    "period",
    filter::leaving_all(filter::single(filter::word<Period>)),
    {"period", "统计周期"},
    "Adds the last 14 days, 12 weeks or 12 months to the answer; it leaves all rows."};
inline constexpr FilterType kZoneFilter{"zone",
                                        filter::leaving_all(kZoneName),
                                        {"time zone", "时区"},
                                        "The zone whose days the periods are, such as Asia/Shanghai; that of "
                                        "the policy by default. It leaves all "
                                        "rows."};

/// One of those that are counted by.
struct PeriodSpan {
  std::string begins;  ///< the local date of its first day; a week begins on Monday
  Timestamp since;
  Timestamp until;  ///< when the next one begins
};

template <class Row>
struct PeriodSum {
  PeriodSpan span;
  Row sum;
};

inline constexpr Description kPeriodBegins{
    "begins", Kind::text, {"from", "起始日"}, "The local date of its first day.", {1}};
inline constexpr Description kPeriodSince{
    "since", Kind::moment, {"begins at", "开始时刻"}, "The moment at which it begins."};
inline constexpr Description kPeriodUntil{
    "until", Kind::moment, {"ends at", "结束时刻"}, "The moment at which the next one begins."};
// Of a table of periods: which one it is.
template <class Row>
inline constexpr Column<PeriodSum<Row>> kBegins{
    kPeriodBegins, [](const PeriodSum<Row>& of) -> const auto& { return of.span.begins; }};
template <class Row>
inline constexpr Column<PeriodSum<Row>> kSince{kPeriodSince,
                                               [](const PeriodSum<Row>& of) { return of.span.since; }};
template <class Row>
inline constexpr Column<PeriodSum<Row>> kUntil{kPeriodUntil,
                                               [](const PeriodSum<Row>& of) { return of.span.until; }};

// What happened in the period of a row.
inline constexpr AskedFilter kHappenedSince{.filter = "since", .member = kPeriodSince.key};
inline constexpr AskedFilter kHappenedUntil{.filter = "until", .member = kPeriodUntil.key};
constexpr CountedRows events_of_period(std::string_view type) {
  return CountedRows::events({{"type", type}, kHappenedSince, kHappenedUntil});
}
/// Those whose data have this value in the field.
constexpr CountedRows events_of_period(std::string_view type, std::string_view field,
                                       std::string_view value) {
  return CountedRows::events({{"type", type}, {field, value}, kHappenedSince, kHappenedUntil});
}
// What was recorded in the period of a row, which counts by that.
inline constexpr AskedFilter kRecordedSince{.filter = "recorded_since", .member = kPeriodSince.key};
inline constexpr AskedFilter kRecordedUntil{.filter = "recorded_until", .member = kPeriodUntil.key};
constexpr CountedRows events_recorded_in_period(std::string_view type) {
  return CountedRows::events({{"type", type}, kRecordedSince, kRecordedUntil});
}
constexpr CountedRows events_recorded_in_period(std::string_view type, std::string_view field,
                                                std::string_view value) {
  return CountedRows::events({{"type", type}, {field, value}, kRecordedSince, kRecordedUntil});
}

/// What a query counts by.
class PeriodQuery {
 public:
  /// `period` is the filter that names one; without it nothing is counted.
  PeriodQuery(const Filters& filters, const BoardQuery& query, const FilterType& period = kPeriodFilter);

  /// The last one first, those without events too.
  [[nodiscard]] const std::vector<PeriodSpan>& spans() const { return spans_; }
  /// Each row of periods, of `departments` where any are named, with the number of its period.
  using OnRow = std::function<void(std::size_t number, std::string_view key, std::string_view bytes)>;
  void read(std::span<const Rows* const> partitions, std::span<const std::string> departments,
            const OnRow& on_row) const;

 private:
  std::vector<PeriodSpan> spans_;
  std::vector<std::int64_t> ends_;  // in quarters, the last one first, and then where the first one begins
};

/// Of the last 14 days, 12 weeks or 12 months up to now, the last one first. Without `departments` of all.
template <class Row>
[[nodiscard]] std::vector<PeriodSum<Row>> sums_of(const PeriodQuery& periods,
                                                  std::span<const Rows* const> partitions,
                                                  std::span<const std::string> departments) {
  std::vector<PeriodSum<Row>> sums;
  for (const auto& span : periods.spans()) sums.push_back({span, {}});
  periods.read(partitions, departments,
               [&](std::size_t number, std::string_view key, std::string_view bytes) {
                 add_up(sums[number].sum, decode_row<Row>(key, bytes));
               });
  return sums;
}

}  // namespace casetrail::kit
