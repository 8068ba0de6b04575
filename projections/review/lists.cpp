// The places of a review.
#include "projections/review/lists.h"

#include <algorithm>

namespace casetrail::review {

std::string order_of_row(const ReviewRow& row) {
  return std::string(1, row.state >= State::scored ? '1' : '0') + kit::order_of(row.assigned_at);
}

kit::Places places_of(const ReviewRow& row, const CaseRow& of_case) {
  kit::Places places(order_of_row(row));
  places.in("all")
      .in("case_no", of_case.facts.case_no)
      .in("case_no", of_case.facts.number)
      .in("state", name_of(row.state))
      .in("agent", row.agent)
      .in("department", row.department)
      .in("reviewer", row.reviewer)
      .in("kind", name_of(row.kind))
      .when(row.state == State::scored && std::ranges::any_of(row.items, &ScoreItem::auto_fail), "auto_fail")
      .when(of_case.complaint, "complaint");
  if (row.sample) places.in("period", row.sample->period);
  if (row.dispute) places.in("dispute", name_of(*row.dispute));
  if (row.scorecard) places.in("scorecard", row.scorecard->id);
  for (const auto& item : row.items) {
    if (item.dimension) places.in("dimension", name_of(*item.dimension));
  }
  return places;
}

}  // namespace casetrail::review
