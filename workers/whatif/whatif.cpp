// What is due is told of each case and counted nowhere: no two cases have the same.
#include "workers/whatif/whatif.h"

#include "events/case/request.h"

namespace casetrail::whatif {

std::optional<ChangedCase> WhatIf::take(std::span<const CaseEvent> events, Timestamp until) {
  auto courses = decide_again(events, policy_of_, other_, until, commands_);
  ++totals_.cases;
  totals_.decided += courses.decided;
  totals_.taken_over += courses.taken_over;
  totals_.imported += courses.imported;
  for (const auto& one : consequences_of(courses.happened)) {
    if (!one.value.empty()) ++counts_[{one.field, one.value}].first;
  }
  for (const auto& one : consequences_of(courses.other)) {
    if (!one.value.empty()) ++counts_[{one.field, one.value}].second;
  }
  for (const auto& fact : courses.refused) ++counts_[{"refused", fact.code}].second;
  ChangedCase changed{.case_id = events.front().case_id,
                      .number = {},
                      .differences = differences_of(courses.happened, courses.other),
                      .refused = std::move(courses.refused)};
  if (changed.differences.empty() && changed.refused.empty()) return std::nullopt;
  ++totals_.changed;
  if (const auto* registered = events.front().event.get_if<RequestRegistered>())
    changed.number = registered->number;
  return changed;
}

Totals WhatIf::totals() const {
  auto totals = totals_;
  for (const auto& [of, count] : counts_)
    totals.counts.push_back({of.first, of.second, count.first, count.second});
  return totals;
}

}  // namespace casetrail::whatif
