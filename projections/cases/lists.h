// Where a case stands in lists, and which lists a query reads.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "projections/cases/rows.h"
#include "projections/kit/lists.h"

namespace casetrail::cases {

/// In UTC.
[[nodiscard]] inline std::chrono::sys_days day_of(Timestamp at) {
  return std::chrono::floor<std::chrono::days>(at);
}

/// The key of a case's row.
[[nodiscard]] std::string row_key(std::string_view case_id);

/// What needs attention first: targets that are breached or due next, then the priority, then the age. Closed
/// cases stand after all open ones, the last closed first.
[[nodiscard]] std::string order_of_row(const CaseRow& row);
inline constexpr std::size_t kOrderBytes = 17;

[[nodiscard]] kit::Places places_of(const CaseRow& row);

/// The days, in UTC, whose closed cases a query looks at beside the open ones; none of both: nothing.
struct Scope {
  bool open = true;
  std::chrono::sys_days closed_from{};
  std::chrono::sys_days closed_until{};  ///< the first day after them
};

/// The lists of the rows within `scope`: open ones stand in one, closed ones in one a day, so that what was
/// closed long ago costs nothing.
[[nodiscard]] std::vector<kit::List> lists_within(const Scope& scope, std::string_view name,
                                                  std::string_view value);

/// All open rows, measured by when their next target is due.
[[nodiscard]] kit::List open_list();
/// All open rows, measured by when they were registered.
[[nodiscard]] kit::List age_list();
/// Rows by what tells one case from others, or is still owed: closed ones too, however long ago.
[[nodiscard]] bool is_search(std::string_view list);

}  // namespace casetrail::cases
