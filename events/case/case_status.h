// What a case is in its main region, as the state, the events and every reader tell it.
#pragma once

#include <array>
#include <string_view>

namespace casetrail {

/// `none`: nothing opened it yet.
enum class CaseStatus {
  none,
  new_,
  triaged,
  queued,
  assigned,
  in_progress,
  awaiting_customer,
  suspended,
  resolved,
  closed
};
constexpr auto enum_names(CaseStatus) {
  return std::to_array<std::string_view>({"none", "new", "triaged", "queued", "assigned", "in_progress",
                                          "awaiting_customer", "suspended", "resolved", "closed"});
}

}  // namespace casetrail
