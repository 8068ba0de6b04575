// The places of a stint.
#include "projections/owners/lists.h"

#include "events/wire/reflect.h"

namespace casetrail::owners {
namespace {

constexpr std::string_view kEnded = "ended";
/// Behind every moment at which a stint began, in milliseconds.
constexpr std::int64_t kLast = std::int64_t{1} << 62U;

}  // namespace

kit::List ended_list() { return kit::measured_list(kEnded); }

std::string order_of_row(const StintRow& row) {
  return row.until ? kit::order_of(kLast - epoch_ms(*row.until)) : kit::order_of(row.since);
}

kit::Places places_of(const StintRow& row, const CaseRow& of_case) {
  kit::Places places(order_of_row(row));
  places.in("all")
      .in("case_no", of_case.facts.case_no)
      .in("case_no", of_case.facts.number)
      .in("owner", row.owner)
      .in("state", name_of(row.state))
      .in("department", row.department)
      .when(!row.open.empty(), "with_open");
  if (row.reason) places.in("reason", row.reason->text());
  if (row.until) places.at(kEnded, *row.until);
  return places;
}

}  // namespace casetrail::owners
