// The rows of a board as a query sees them: each with its case, a page of those that its filters leave.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/wire/timestamp.h"
#include "projections/kit/json_object.h"
#include "projections/kit/page_plan.h"
#include "projections/kit/selection.h"
#include "projections/kit/shape.h"
#include "projections/kit/table.h"

namespace casetrail::kit {

/// Milliseconds since then; 0 before it, as of an event behind the moment by which a page counts its ages.
[[nodiscard]] constexpr std::int64_t age_ms(Timestamp since, Timestamp now) {
  return std::max<std::int64_t>((now - since).count(), 0);
}

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

  CellOf(const Rows& rows, CellTables tables, std::string_view key)
      : case_id(split_key(key).first),
        id(split_key(key).second),
        row(read_row<Row>(rows, tables.rows, key)),
        rows_(&rows),
        cases_(tables.cases) {}

  /// Read when it is first asked for: most filters do without.
  [[nodiscard]] const CaseRow& of_case() const {
    if (!case_) case_ = std::make_unique<CaseRow>(read_row<CaseRow>(*rows_, cases_, case_id));
    return *case_;
  }

 private:
  const Rows* rows_;
  char cases_;
  mutable std::unique_ptr<CaseRow> case_;
};

/// Whether a query that asks for one case, by its id, a number of it or its reference, is shown the cell.
template <class Row, class CaseRow>
[[nodiscard]] bool is_of_case(const CellOf<Row, CaseRow>& cell, const Filters& filters) {
  return filters.passes("case", cell.case_id) ||
         filters.passes("case", [&] { return cell.of_case().facts.case_no; }) ||
         filters.passes("case", [&] { return cell.of_case().facts.number; }) ||
         filters.passes("case", [&] { return cell.of_case().facts.reference(); });
}

/// What one page shows of a board.
template <class Cell>
struct Page {
  std::vector<Cell> cells;
  std::int64_t matching = 0;  ///< rows that the filters leave, on all pages
  std::string next;           ///< `after` of the page behind this one; empty when there is none
};

/// Reads pages of one board. `order(row)` is where a row stands in a list that is not measured,
/// `matches(cell, filters)` whether filters leave it.
template <class Cell, class Order, class Matches>
class PageReader {
 public:
  PageReader(std::span<const Rows* const> partitions, CellTables tables, const Filters& filters, Order order,
             Matches matches, Selection& selection)
      : partitions_(partitions),
        lists_(partitions),
        tables_(tables),
        filters_(filters),
        order_(order),
        matches_(matches),
        selection_(selection) {}

  [[nodiscard]] Page<Cell> read(const PagePlan& plan) {
    plan_ = plan;
    if (const auto cases = filters_.values("case"); !cases.empty()) {
      for (const auto& wanted : cases) gather_case(wanted);
      show_gathered();
    } else if (plan.rows.in_order) {
      walk(plan.rows);
    } else {
      gather(plan.rows);
      show_gathered();
    }
    return std::move(page_);
  }

 private:
  using Found = ListReader::Found;

  /// False: the page is full, and there is more.
  bool show(std::string_view place, Cell&& cell) {
    if (page_.cells.size() == plan_.limit) {
      if (plan_.limit > 0) page_.next = cursor_of(last_);
      return false;
    }
    last_ = place;
    page_.cells.push_back(std::move(cell));
    return true;
  }

  /// In the board's own order, so that what is not to be counted is read up to the end of the page.
  void walk(const Candidates& rows) {
    const bool counted = plan_.matching.has_value();
    page_.matching = plan_.matching.value_or(0);
    bool room = true;
    const auto after = counted ? std::max(plan_.after, rows.from) : rows.from;
    read_candidates(lists_, rows, after, [&](const Found& found) {
      if (!rows.until.empty() && found.place >= rows.until) return false;
      Cell cell(*found.rows, tables_, std::string_view(found.place).substr(plan_.order_bytes));
      if (!plan_.all_match && !matches_(cell, filters_)) return true;
      select(cell);
      if (!counted) ++page_.matching;
      if (room && found.place > plan_.after) room = show(found.place, std::move(cell));
      return room || !counted;
    });
  }

  void gather(const Candidates& rows) {
    read_candidates(lists_, rows, rows.from, [&](const Found& found) {
      if (!rows.until.empty() && found.place >= rows.until) return false;
      take(*found.rows, std::string_view(found.place).substr(kMeasuredBytes));
      return true;
    });
  }

  /// A case goes by its id, and by its own number with or without the channel before it.
  void gather_case(std::string_view wanted) {
    for (const auto* rows : partitions_) take_all(*rows, wanted);
    for (const auto number : {wanted, wanted.substr(wanted.find(':') + 1)}) {
      lists_.read(rows_of_number(number), {}, [&](const Found& found) {
        const auto key = std::string_view(found.place).substr(plan_.filter_order_bytes);
        take_all(*found.rows, split_key(key).first);
        return true;
      });
    }
  }

  void take_all(const Rows& rows, std::string_view case_id) {
    rows.scan(std::string(1, tables_.rows) + joined_key(case_id, {}), [&](std::string_view key, auto) {
      take(rows, key.substr(1));
      return true;
    });
  }

  void take(const Rows& rows, std::string_view key) {
    Cell cell(rows, tables_, key);
    if (!matches_(cell, filters_)) return;
    const auto [found, is_new] = gathered_.try_emplace(order_(cell.row).append(key), std::move(cell));
    if (is_new) select(found->second);
  }

  void select(const Cell& cell) {
    selection_.take([&](const Filters& filters) { return matches_(cell, filters); });
  }

  void show_gathered() {
    page_.matching = std::ssize(gathered_);
    for (auto found = gathered_.upper_bound(plan_.after); found != gathered_.end(); ++found) {
      if (!show(found->first, std::move(found->second))) break;
    }
  }

  std::span<const Rows* const> partitions_;
  ListReader lists_;
  CellTables tables_;
  const Filters& filters_;
  Order order_;
  Matches matches_;
  Selection& selection_;
  PagePlan plan_;
  std::map<std::string, Cell, std::less<>> gathered_;  // by place
  std::string last_;                                   // the place that the page ends with
  Page<Cell> page_;
};

/// `selection` takes in the rows that the filters leave, as far as they are read: all where the plan says so.
template <class Cell, class Order, class Matches>
[[nodiscard]] Page<Cell> read_page(std::span<const Rows* const> partitions, CellTables tables,
                                   const PagePlan& plan, const Filters& filters, Order order, Matches matches,
                                   Selection& selection) {
  return PageReader<Cell, Order, Matches>(partitions, tables, filters, order, matches, selection).read(plan);
}

/// An array of the page's rows, as `write` makes an object of each, and `next` where there is one.
template <class Cell, class Write>
void write_page(const Page<Cell>& page, JsonObject& board, Write&& write) {
  {
    JsonArray rows(board.member(kRows.key));
    for (const auto& cell : page.cells) write(cell, rows.element());
  }
  if (!page.next.empty()) board.add("next", page.next);
}

}  // namespace casetrail::kit
