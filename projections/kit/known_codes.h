// Which codes a filter may ask for.
#pragma once

#include "projections/kit/filters.h"
#include "projections/kit/list_reader.h"
#include "projections/kit/view.h"

namespace casetrail::kit {

/// Objects to a code that neither the policy nor any row of the board has: imported cases keep the codes of
/// where they come from, and an entry may be gone from the policy. `lists` is borrowed.
[[nodiscard]] Filters::CodeObjection objection_to_codes(const BoardSettings& settings,
                                                        const ListReader& lists);

}  // namespace casetrail::kit
