// The places of a closure.
#include "projections/closed/lists.h"

#include "events/wire/reflect.h"

namespace casetrail::closed {
namespace {

constexpr std::string_view kClosedAt = "closed_at";
/// Behind every moment at which a case was closed, in milliseconds.
constexpr std::int64_t kLast = std::int64_t{1} << 62U;

}  // namespace

kit::List closed_list() { return kit::measured_list(kClosedAt); }

std::string order_of_row(const ClosureRow& row) { return kit::order_of(kLast - epoch_ms(row.closed_at)); }

kit::Places places_of(const ClosureRow& row, const CaseRow& of_case) {
  kit::Places places(order_of_row(row));
  places.in("all")
      .in("case_no", of_case.facts.case_no)
      .in("case_no", of_case.facts.number)
      .at(kClosedAt, row.closed_at)
      .in("kind", row.kind.text())
      .in("department", row.department)
      .in("basis", name_of(row.basis))
      .when(row.first_contact, "first_contact")
      .when(row.reopened_at.has_value(), "reopened")
      .when(row.is_sla_met() == true, "sla_met");
  if (row.resolution) places.in("resolution", row.resolution->text());
  return places;
}

}  // namespace casetrail::closed
