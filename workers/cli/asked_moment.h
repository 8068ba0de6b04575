// Moments as people give them to a verb that asks the API.
#pragma once

#include <optional>
#include <string>

#include "aggregates/time/moment.h"

namespace casetrail::cli {

/// Where `zone` was named, times are on its clocks. Without one the API takes them for the policy's, and what
/// is no moment is for it to refuse.
[[nodiscard]] inline std::string asked_moment(const std::string& text, const std::optional<Zone>& zone) {
  const auto at = zone ? moment_of(text, *zone) : std::nullopt;
  return at ? to_wire(*at) : text;
}

}  // namespace casetrail::cli
