// Which events of a case changed its row on a board.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/history/case_rows.h"
#include "projections/history/changes.h"
#include "projections/kit/filters.h"
#include "projections/kit/shape.h"
#include "projections/kit/view.h"

namespace casetrail::history {

/// A row of a view that is about a case, or about a part of it.
struct BoardRow {
  const kit::ViewType* view = nullptr;
  std::string part;  ///< the handoff, callback, review or target; empty where rows are of cases
};

/// `cases`, `handoff/h1`; without a view where it names none.
[[nodiscard]] BoardRow parse_board_row(std::string_view text);

inline constexpr kit::FilterKind kRowFilter{
    .objection = [](std::string_view value) -> std::optional<std::string> {
      const auto row = parse_board_row(value);
      if (row.view != nullptr && row.view->name != "history") return std::nullopt;
      return "a row of a board, cases or handoff/h1";
    },
    .schema = [] { return std::string(R"({"type":"string"})"); },
    .once = true};

/// The columns of a board's rows that say something of their own: ages and time left go by the clock.
[[nodiscard]] std::vector<std::string> compared_columns(const kit::Shape& shape);

/// Each change of each such cell of the row, from behind the event `from` to behind the event `to`, in their
/// order. The case is folded anew into the view, and looked at as `as_asked` says, however it is filtered.
[[nodiscard]] std::vector<Change> row_changes_between(const CaseRows& of, std::int64_t from, std::int64_t to,
                                                      const BoardRow& row, const kit::BoardQuery& as_asked);

}  // namespace casetrail::history
