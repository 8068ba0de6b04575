// The places of a callback.
#include "projections/follow_up/lists.h"

#include <algorithm>

namespace casetrail::follow_up {
namespace {

constexpr std::string_view kOpen = "open";
constexpr std::string_view kBegins = "begins";
constexpr std::string_view kEnds = "ends";

}  // namespace

kit::List open_list() { return kit::measured_list(kOpen); }
kit::List begins_list() { return kit::measured_list(kBegins); }
kit::List ends_list() { return kit::measured_list(kEnds); }

std::string order_of_row(const CallbackRow& row) {
  return std::string(1, is_over(row.state) ? '1' : '0') + kit::order_of(row.not_after);
}

kit::Places places_of(const CallbackRow& row, const CaseRow& of_case) {
  const auto& facts = of_case.facts;
  kit::Places places(order_of_row(row));
  places.in("all")
      .in("case_no", facts.case_no)
      .in("case_no", facts.number)
      .in("state", name_of(row.state))
      .in("purpose", name_of(row.purpose))
      .in("product", facts.product)
      .in("department", of_case.department)
      .in("agent", row.agent)
      .in("priority", kit::name_if(facts.priority))
      .when(row.answers && row.answers->satisfied == false, "unsatisfied")
      .when(row.attempts > 0 && !row.answers, "not_reached")
      .when(row.route && of_case.routed_open > 0, "routed_open")
      .when(row.state == State::refused, "refused");
  if (is_over(row.state)) return places;
  places.at(kOpen, row.not_after);
  if (!of_case.do_not_call) {
    places.at(kBegins, row.not_before)
        .at(kEnds, std::max(row.not_after, row.not_before - std::chrono::milliseconds(1)));
  }
  return places;
}

}  // namespace casetrail::follow_up
