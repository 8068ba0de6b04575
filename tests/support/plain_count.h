// What a board must count, by plain loops over all events at once: no rows, no batches, no partitions.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/case_event.h"

namespace casetrail {

/// By JSON pointer into the board of `view`: `/totals/cases`. Empty for a view that counts nothing.
[[nodiscard]] std::map<std::string, std::int64_t> plain_counts(std::string_view view,
                                                               const std::vector<CaseEvent>& events);

}  // namespace casetrail
