// What the filters of the list of cases ask for.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "projections/cases/lists.h"
#include "projections/cases/rows.h"
#include "projections/kit/cells.h"
#include "projections/kit/filters.h"

namespace casetrail::cases {

/// What is due within this time is due soon.
inline constexpr std::chrono::hours kSoon{1};

struct Cell {
  std::string case_id;
  CaseRow row;

  Cell(const kit::Rows& rows, kit::CellTables tables, std::string_view key)
      : case_id(kit::split_key(key).first), row(kit::read_row<CaseRow>(rows, tables.rows, key)) {}
};

[[nodiscard]] std::span<const kit::FilterType> filter_types();
/// `filters` with the keys by which contacts stand in the rows.
[[nodiscard]] kit::FilterValues with_keys(kit::FilterValues filters, std::string_view country_code,
                                          std::span<const kit::Rows* const> partitions);

/// When the next target was or is due.
[[nodiscard]] std::optional<Timestamp> due_of(const CaseRow& row);
/// Whether a target is breached that is not met.
[[nodiscard]] bool is_breached(const CaseRow& row, Timestamp now);

[[nodiscard]] bool matches(const Cell& cell, const kit::Filters& filters, Timestamp now);

/// Whether the query looks for a certain case, or those of a customer, a contact, an order or an item.
[[nodiscard]] bool is_searching(const kit::Filters& filters);
/// Those that are closed at `now` and shown without being asked for, as whole days.
[[nodiscard]] Scope closed_lately(Timestamp now, std::chrono::days closed_for);
/// Which cases a query looks at that does not search; an error is a sentence.
[[nodiscard]] std::expected<Scope, std::string> scope_of(const kit::Filters& filters, Timestamp now,
                                                         std::chrono::days closed_for);
/// What of the list may match, beside what filters name lists for.
[[nodiscard]] std::vector<kit::Candidates> candidates(const kit::ListReader& lists,
                                                      const kit::Filters& filters, const Scope& scope,
                                                      Timestamp now);

}  // namespace casetrail::cases
