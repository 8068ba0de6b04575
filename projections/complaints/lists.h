// Where a complaint stands in lists.
#pragma once

#include <string>

#include "projections/complaints/rows.h"
#include "projections/kit/lists.h"

namespace casetrail::complaints {

/// The board's order: what is open first, the oldest before the others; then what has ended, the last first.
[[nodiscard]] std::string order_of_row(const ComplaintRow& row);

/// By when they were lodged.
[[nodiscard]] kit::List lodged_list();

[[nodiscard]] kit::Places places_of(const ComplaintRow& row, const CaseRow& of_case);

}  // namespace casetrail::complaints
