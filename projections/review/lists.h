// Where a review stands in lists.
#pragma once

#include <string>

#include "projections/kit/lists.h"
#include "projections/review/rows.h"

namespace casetrail::review {

/// The board's order: what is to be scored first, the oldest before the others.
[[nodiscard]] std::string order_of_row(const ReviewRow& row);
inline constexpr std::size_t kOrderBytes = 1 + kit::kMeasuredBytes;

[[nodiscard]] kit::Places places_of(const ReviewRow& row, const CaseRow& of_case);

}  // namespace casetrail::review
