// How far a complaint is.
#pragma once

#include <array>
#include <string_view>

namespace casetrail {

/// closed, declined and withdrawn are its three ends
enum class ComplaintPhase {
  none,
  lodged,
  accepted,
  cause_determined,
  attributed,
  closed,
  declined,
  withdrawn
};
constexpr auto enum_names(ComplaintPhase) {
  return std::to_array<std::string_view>(
      {"none", "lodged", "accepted", "cause_determined", "attributed", "closed", "declined", "withdrawn"});
}

/// Lodged, and not at one of its ends.
constexpr bool is_open(ComplaintPhase phase) {
  return phase >= ComplaintPhase::lodged && phase <= ComplaintPhase::attributed;
}

}  // namespace casetrail
