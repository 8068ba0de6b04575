// The places of an SLA target.
#include "projections/sla/lists.h"

#include <string_view>

namespace casetrail::sla {
namespace {

constexpr std::string_view kDueTimes = "due_times";
constexpr std::string_view kEnded = "ended";

}  // namespace

kit::List due_list() { return kit::measured_list(kDueTimes); }
kit::List ended_list() { return kit::measured_list(kEnded); }

std::string order_of_row(const TargetRow& row) {
  if (!row.is_to_be_done()) return "2" + kit::order_of(-epoch_ms(row.ended_at.value_or(Timestamp{})));
  return row.due ? "0" + kit::order_of(*row.due) : "1" + kit::order_of(row.set_at);
}

kit::Places places_of(const TargetRow& row, const CaseRow& of_case) {
  const auto& facts = of_case.facts;
  kit::Places places(kit::order_of(row.set_at));
  places.in_order("all", order_of_row(row))
      .in("case_no", facts.case_no)
      .in("case_no", facts.number)
      .in("state", name_of(row.state))
      .in("target", name_of(row.target))
      .in("department", row.department)
      .in("priority", kit::name_if(row.priority))
      .in("kind", name_of(facts.kind))
      .in("channel", kit::name_if(facts.channel));
  if (row.is_to_be_done() && row.due) places.at(kDueTimes, *row.due);
  if (row.ended_at) places.at(kEnded, *row.ended_at);
  return places;
}

}  // namespace casetrail::sla
