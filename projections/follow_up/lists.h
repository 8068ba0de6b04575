// Where a callback on the board stands in lists.
#pragma once

#include <string>

#include "projections/follow_up/rows.h"
#include "projections/kit/lists.h"

namespace casetrail::follow_up {

/// Of the callbacks that are not over, by the end of their time.
[[nodiscard]] kit::List open_list();

// Of those whose customer may be called, by when their time begins and ends. One that would end before it
// begins ends just before: whoever has begun and not ended may be called now.
[[nodiscard]] kit::List begins_list();
[[nodiscard]] kit::List ends_list();

/// The board's order: open ones first, what is due next before the others.
[[nodiscard]] std::string order_of_row(const CallbackRow& row);
inline constexpr std::size_t kOrderBytes = 1 + kit::kMeasuredBytes;

[[nodiscard]] kit::Places places_of(const CallbackRow& row, const CaseRow& of_case);

}  // namespace casetrail::follow_up
