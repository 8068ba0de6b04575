// Sums over what the filters of a query leave: a board's totals of these rows alone.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projections/kit/filters.h"
#include "projections/kit/json_object.h"
#include "projections/kit/page_plan.h"
#include "projections/kit/shape.h"

namespace casetrail::kit {

inline constexpr Description kSelected{
    "selected",
    Kind::object,
    {"selected", "筛选合计"},
    "Of the rows that the filters leave, how many each total counts; null without filters, and where they "
    "leave more than 5000 rows."};
inline constexpr Description kSelectedRows{
    "rows", Kind::count, {"rows", "行数"}, "Rows that the filters leave.", {}, {}, CountedRows::all()};

/// Whether it is the number of rows that filters with values of their own leave.
[[nodiscard]] inline bool is_selected(const Description& of) {
  const auto filters = of.leads_to.filters();
  return of.kind == Kind::count && of.leads_to.told() && !filters.empty() &&
         std::ranges::none_of(filters, [](const AskedFilter& asked) { return asked.value.empty(); });
}

/// A total counts a row that its filters leave, so its sum over a query's rows needs no rule of its own.
class Selection {
 public:
  template <class Columns>
  Selection(const Columns& totals, std::span<const FilterType> known) {
    for (const auto& column : totals) {
      if (!is_selected(column.of)) continue;
      FilterValues asked;
      for (const auto& filter : column.of.leads_to.filters()) asked.emplace(filter.filter, filter.value);
      parts_.push_back({column.of.key, Filters::read(asked, known).value(), 0});
    }
  }

  /// A row; `passes(filters)` tells whether they leave it.
  template <class Passes>
  void take(const Passes& passes) {
    ++rows_;
    for (auto& part : parts_) part.rows += passes(part.filters) ? 1 : 0;
  }

  void write(std::string& out) const {
    JsonObject sums(out);
    sums.add(kSelectedRows.key, rows_);
    for (const auto& part : parts_) sums.add(part.key, part.rows);
  }

  template <class Columns>
  [[nodiscard]] static Member member(const Columns& totals) {
    Member whole{.of = kSelected, .schema = {}, .nullable = true};
    whole.members.push_back(ValueOf<std::int64_t>::member(kSelectedRows));
    for (const auto& column : totals) {
      if (!is_selected(column.of)) continue;
      whole.members.push_back(column.member(column.of));
      whole.members.back().of.screen = {};
    }
    return whole;
  }

 private:
  struct Part {
    std::string_view key;
    Filters filters;
    std::int64_t rows;
  };

  std::int64_t rows_ = 0;
  std::vector<Part> parts_;
};

/// Null unless all rows were read that the filters leave.
inline void write_selection(const PagePlan& plan, const Selection& selection, JsonObject& board) {
  auto& sums = board.member(kSelected.key);
  plan.reads_all ? selection.write(sums) : void(sums += "null");
}

}  // namespace casetrail::kit
