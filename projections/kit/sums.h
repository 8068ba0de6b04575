// What a board sums up beside its rows: of all of them, of the names of a tab, and of the departments in each
// quarter of an hour; and the tables that show it.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/code.h"
#include "events/wire/reflect.h"
#include "projections/kit/add_up.h"
#include "projections/kit/counted_rows.h"
#include "projections/kit/periods.h"
#include "projections/kit/shape.h"
#include "projections/kit/table.h"
#include "projections/kit/view.h"

namespace casetrail::kit {

inline constexpr char kNamedSums = 's';  ///< by tab and name
inline constexpr char kSumOfAll = 't';

/// The sums of one partition, as its fold adds to them. `Row` is one of counts (`add_up`).
template <class Row>
class SumTables {
 public:
  explicit SumTables(const Rows& rows)
      : periods_(rows, kPeriods), named_(rows, kNamedSums), all_(rows, kSumOfAll) {}

  /// Adds `counts` to the sum of all, and to that of the department in the quarter of an hour of `at`.
  void add(const Row& counts, Timestamp at, const std::optional<std::string>& department) {
    add_up(all_.edit(), counts);
    add_up(periods_.upsert(period_key(at, department)), counts);
  }
  template <NamedEnum Tab>
  void add_to(Tab tab, std::string_view name, const Row& counts) {
    add_up(named_.upsert(joined_key(name_of(tab), name)), counts);
  }

  void write_changes(const RowSink& sink) {
    periods_.write_changes(sink);
    named_.write_changes(sink);
    all_.write_changes(sink);
  }

 private:
  Table<Row> periods_;
  Table<Row> named_;
  SingleRow<Row> all_;
};

template <class Row>
[[nodiscard]] Row sum_of_all(std::span<const Rows* const> partitions) {
  Row sum;
  for (const auto* rows : partitions) add_up(sum, read_row<Row>(*rows, kSumOfAll, ""));
  return sum;
}

/// What is summed up under one name: of a tab, or of a period.
template <class Row>
struct PartOf {
  std::string_view name;
  const Row& sum;
};

template <class Row>
class NamedSums {
 public:
  explicit NamedSums(std::span<const Rows* const> partitions) {
    for (const auto* rows : partitions) {
      for_each_row<Row>(*rows, kNamedSums, [&](std::string_view key, const Row& row) {
        add_up(by_key_[std::string(key)], row);
      });
    }
  }

  /// In the order of their names; valid as long as these sums are.
  template <NamedEnum Tab>
  [[nodiscard]] std::vector<PartOf<Row>> parts_of(Tab tab) const {
    std::vector<PartOf<Row>> parts;
    for (const auto& [key, sum] : by_key_) {
      const auto [tab_name, name] = split_key(key);
      if (tab_name == name_of(tab)) parts.push_back({name, sum});
    }
    return parts;
  }

 private:
  std::map<std::string, Row> by_key_;
};

/// Periods as parts, which are valid as long as `periods` is.
template <class Row>
[[nodiscard]] std::vector<PartOf<Row>> parts_of(const std::vector<PeriodSum<Row>>& periods) {
  std::vector<PartOf<Row>> parts;
  parts.reserve(periods.size());
  for (const auto& [span, sum] : periods) parts.push_back({span.begins, sum});
  return parts;
}

/// The name of a part, a `Value`, which is what the filter of the same key asks for.
template <const Description& kOf, class Value, class Row>
inline constexpr Column<PartOf<Row>> kPartName{kOf, [](const PartOf<Row>& of) {
                                                 if constexpr (is_code<Value>) {
                                                   return Value::from(of.name);
                                                 } else if constexpr (NamedEnum<Value>) {
                                                   return enum_from<Value>(of.name);
                                                 } else {
                                                   return of.name;
                                                 }
                                               }};
template <class Row>
inline constexpr Column<PartOf<Row>> kPartBegins{kPeriodBegins,
                                                 [](const PartOf<Row>& of) { return of.name; }};

/// The column, with the rows that it counts.
template <class From>
consteval Column<From> with_rows(Column<From> column, CountedRows rows) {
  column.of.leads_to = rows;
  return column;
}

}  // namespace casetrail::kit
