// Where a closure stands in lists.
#pragma once

#include <string>

#include "projections/closed/rows.h"
#include "projections/kit/lists.h"

namespace casetrail::closed {

/// The board's order: the last closure first.
[[nodiscard]] std::string order_of_row(const ClosureRow& row);

/// By when cases were closed.
[[nodiscard]] kit::List closed_list();

[[nodiscard]] kit::Places places_of(const ClosureRow& row, const CaseRow& of_case);

}  // namespace casetrail::closed
