// The rows of a board as a query sees them: each with its case, the first ones of those that its filters
// leave.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projections/filters.h"
#include "projections/json_object.h"
#include "projections/table.h"

namespace casetrail {

/// Where a board keeps its rows, by case and id, and its cases.
struct CellTables {
  char rows;
  char cases;
};

/// Must not outlive the `Rows` that it came from.
template <class Row, class CaseRow>
struct CellOf {
  std::string case_id;
  std::string id;  ///< within the case: `h1`
  Row row;

  CellOf(const Rows& rows, char cases, std::pair<std::string_view, std::string_view> key, Row&& own)
      : case_id(key.first), id(key.second), row(std::move(own)), rows_(&rows), cases_(cases) {}

  /// Read when it is first asked for: a query shows a few cells of many.
  [[nodiscard]] const CaseRow& of_case() const {
    if (!case_) case_ = std::make_unique<CaseRow>(read_row<CaseRow>(*rows_, cases_, case_id));
    return *case_;
  }

 private:
  const Rows* rows_;
  char cases_;
  mutable std::unique_ptr<CaseRow> case_;
};

/// Whether a query that asks for one case, by its id, its own number or its reference, is shown the cell.
template <class Row, class CaseRow>
[[nodiscard]] bool is_of_case(const CellOf<Row, CaseRow>& cell, const Filters& filters) {
  return filters.passes("case", cell.case_id) ||
         filters.passes("case", [&] { return cell.of_case().facts.case_no; }) ||
         filters.passes("case", [&] { return cell.of_case().facts.reference(); });
}

/// Reads every row of one partition, in key order.
template <class Row, class CaseRow, class OnCell>
void for_each_cell(const Rows& rows, CellTables tables, OnCell&& on_cell) {
  for_each_row<Row>(rows, tables.rows, [&](std::string_view key, Row&& row) {
    on_cell(CellOf<Row, CaseRow>(rows, tables.cases, split_key(key), std::move(row)));
  });
}

/// An array of the first `limit` cells in the order of what `by` makes of each, as `write` makes an object of
/// it. The rest stay in no order.
template <class Cell, class By, class Write>
void write_first(std::vector<Cell>& cells, std::size_t limit, By by, std::string& out, Write&& write) {
  const auto shown = std::span(cells).first(std::min(limit, cells.size()));
  std::ranges::partial_sort(cells, cells.begin() + static_cast<std::ptrdiff_t>(shown.size()), {}, by);
  JsonArray rows(out);
  for (const auto& cell : shown) write(cell, rows.element());
}

}  // namespace casetrail
