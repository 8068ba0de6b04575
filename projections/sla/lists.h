// Where an SLA target stands in lists.
#pragma once

#include <string>

#include "projections/kit/lists.h"
#include "projections/sla/rows.h"

namespace casetrail::sla {

/// Of targets that are still to be done and not paused, by when they are or were due.
[[nodiscard]] kit::List due_list();
/// Of targets that are over, by when they were met, missed or canceled.
[[nodiscard]] kit::List ended_list();

/// The board's order: what was due longest ago or is due next, then what is paused, then what is over, the
/// last ones first.
[[nodiscard]] std::string order_of_row(const TargetRow& row);
inline constexpr std::size_t kOrderBytes = 1 + kit::kMeasuredBytes;

/// Those of filters are in the order in which targets were set, so that a due time that moves changes few.
[[nodiscard]] kit::Places places_of(const TargetRow& row, const CaseRow& of_case);

}  // namespace casetrail::sla
