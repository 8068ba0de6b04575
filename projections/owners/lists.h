// Where a stint of an owner stands in lists.
#pragma once

#include <string>

#include "projections/kit/lists.h"
#include "projections/owners/rows.h"

namespace casetrail::owners {

/// The board's order: current stints first, the oldest before the others; then those that ended, the last
/// first.
[[nodiscard]] std::string order_of_row(const StintRow& row);

/// Of stints that ended, by when.
[[nodiscard]] kit::List ended_list();

[[nodiscard]] kit::Places places_of(const StintRow& row, const CaseRow& of_case);

}  // namespace casetrail::owners
