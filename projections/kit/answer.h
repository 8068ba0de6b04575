// What every board does with a query: it reads filters, plans a page, reads it, and begins its answer alike.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <utility>

#include "projections/kit/cells.h"
#include "projections/kit/filters.h"
#include "projections/kit/json_object.h"
#include "projections/kit/known_codes.h"
#include "projections/kit/list_reader.h"
#include "projections/kit/page_plan.h"
#include "projections/kit/selection.h"
#include "projections/kit/shape.h"
#include "projections/kit/view.h"

namespace casetrail::kit {

/// Where a board keeps its rows, and what they are asked by.
struct BoardRows {
  CellTables tables;
  std::span<const FilterType> filters;
  Listing listing;
};

/// A query that was understood, and the rows that it is shown.
template <class Cell>
struct Asked {
  Filters filters;
  PagePlan plan;
  Selection selected;
  Page<Cell> page;
};

/// `candidates(filters)` are what the board knows beside the lists of its filters; `order` and `matches` are
/// those of a `PageReader`. An error is a sentence about the query.
template <class Cell, class Totals, class More, class Order, class Matches>
[[nodiscard]] std::expected<Asked<Cell>, std::string> read_asked(std::span<const Rows* const> partitions,
                                                                 const BoardQuery& query,
                                                                 const BoardRows& board, const Totals& totals,
                                                                 More candidates, Order order,
                                                                 Matches matches) {
  const ListReader lists(partitions);
  auto filters = Filters::read(query.filters, board.filters, objection_to_codes(query.settings, lists));
  if (!filters) return std::unexpected(std::move(filters.error()));
  auto plan = plan_page(lists, *filters, candidates(*filters), board.listing, query);
  if (!plan) return std::unexpected(std::move(plan.error()));
  Selection selected(totals, board.filters);
  auto page = read_page<Cell>(partitions, board.tables, *plan, *filters, order, matches, selected);
  return Asked<Cell>{*std::move(filters), *std::move(plan), std::move(selected), std::move(page)};
}

/// Totals, metrics, sums of what is selected, and the page's rows, as `write` makes an object of each.
template <class Cell, class Totals, class Metrics, class Figures, class Write>
void write_asked(const Asked<Cell>& asked, const Totals& totals, const Metrics& metrics,
                 const Figures& figures, JsonObject& board, const Write& write) {
  write_object(totals, figures, board.member(kTotals.key));
  write_object(metrics, figures, board.member(kMetrics.key));
  write_selection(asked.plan, asked.selected, board);
  write_page(asked.page, board, write);
}

}  // namespace casetrail::kit
