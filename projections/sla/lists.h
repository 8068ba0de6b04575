// Where an SLA target stands in lists.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "projections/kit/lists.h"
#include "projections/sla/rows.h"

namespace casetrail::sla {

/// All targets, in the board's order: what was due longest ago or is due next, then what is paused, then what
/// is over, the last ones first. Those that are due come before `kDueUntil`.
[[nodiscard]] kit::List all_list();
[[nodiscard]] std::string order_of_row(const TargetRow& row);
inline constexpr std::int64_t kDueUntil = std::int64_t{1} << 60U;
/// Of targets that are over, by when they were met, missed or canceled.
[[nodiscard]] kit::List ended_list();
/// The lists of one facet each, in the board's order.
inline constexpr std::string_view kFacets = "facets";
[[nodiscard]] kit::List facet_list(const Facet& facet);

[[nodiscard]] kit::Places places_of(const TargetRow& row);
/// By its numbers; a case has no order.
[[nodiscard]] kit::Places places_of(const CaseRow& row);

}  // namespace casetrail::sla
