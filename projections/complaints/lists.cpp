// The places of a complaint.
#include "projections/complaints/lists.h"

#include "events/wire/reflect.h"

namespace casetrail::complaints {
namespace {

constexpr std::string_view kLodgedAt = "lodged";
/// Behind every moment at which a complaint was lodged, in milliseconds.
constexpr std::int64_t kLast = std::int64_t{1} << 62U;

}  // namespace

kit::List lodged_list() { return kit::measured_list(kLodgedAt); }

std::string order_of_row(const ComplaintRow& row) {
  return row.ended_at ? kit::order_of(kLast - epoch_ms(*row.ended_at)) : kit::order_of(row.lodged_at);
}

kit::Places places_of(const ComplaintRow& row, const CaseRow& of_case) {
  kit::Places places(order_of_row(row));
  places.in("all")
      .in("case_no", of_case.facts.case_no)
      .in("case_no", of_case.facts.number)
      .at(kLodgedAt, row.lodged_at)
      .in("state", name_of(row.state))
      .when(row.is_open(), "open")
      .in("category", row.category.text())
      .in("department", row.department)
      .when(row.appeals > 0, "appealed")
      .when(row.is_in_time() == true, "in_time");
  if (row.severity) places.in("severity", row.severity->text());
  if (row.assessment) places.in("assessment", name_of(*row.assessment));
  if (row.cause) places.in("cause", row.cause->text());
  if (row.responsibility) places.in("responsibility", name_of(*row.responsibility));
  return places;
}

}  // namespace casetrail::complaints
