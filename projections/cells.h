// The rows of a board as a query sees them: each with its case, the first ones of those that its filters
// leave.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projections/json_object.h"
#include "projections/table.h"

namespace casetrail {

template <class Row, class CaseRow>
struct CellOf {
  std::string case_id;
  std::string id;  ///< within the case: `h1`
  Row row;
  CaseRow of_case;
};

/// Where a board keeps its rows, by case and id, and its cases.
struct CellTables {
  char rows;
  char cases;
};

/// Reads every row of one partition, in key order.
template <class Row, class CaseRow, class OnCell>
void for_each_cell(const Rows& rows, CellTables tables, OnCell&& on_cell) {
  for_each_row<Row>(rows, tables.rows, [&](std::string_view key, Row&& row) {
    const auto [case_id, id] = split_key(key);
    on_cell(CellOf<Row, CaseRow>{std::string(case_id), std::string(id), std::move(row),
                                 read_row<CaseRow>(rows, tables.cases, case_id)});
  });
}

/// An array of the first `limit` cells, each as `write` makes an object of it.
template <class Cell, class Write>
void write_first(const std::vector<Cell>& cells, std::size_t limit, std::string& out, Write&& write) {
  JsonArray rows(out);
  for (const auto& cell : std::span(cells).first(std::min(limit, cells.size()))) write(cell, rows.element());
}

}  // namespace casetrail
