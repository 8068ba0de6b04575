// The places of an open handoff.
#include "projections/handoff/lists.h"

namespace casetrail::handoff {
namespace {

constexpr std::string_view kDue = "due";
constexpr std::string_view kPending = "pending";

}  // namespace

std::optional<Timestamp> due(const OpenRow& open) {
  switch (open.state) {
    case State::pending:
    case State::asked:
    case State::ruled: return open.accept_by;
    case State::accepted:
    case State::working: return open.complete_by;
    case State::returned:
    case State::disputed: return std::nullopt;
  }
  return std::nullopt;
}

kit::List due_list() { return kit::measured_list(kDue); }
kit::List pending_list() { return kit::measured_list(kPending); }

std::string order_of_row(const OpenRow& open) { return kit::order_of(open.waiting_since); }

kit::Places places_of(const OpenRow& open, const CaseRow& of_case) {
  const auto& facts = of_case.facts;
  kit::Places places(order_of_row(open));
  places.in("all")
      .in("case_no", facts.case_no)
      .in("case_no", facts.number)
      .in("from_department", open.from.department_id.value)
      .in("to_department", open.to.department_id.value)
      .in("department", open.from.department_id.value)
      .in("department", open.to.department_id.value)
      .in("agent", kit::text_of(open.from.agent_id))
      .in("agent", kit::text_of(open.to.agent_id))
      .in("kind", name_of(open.kind))
      .in("mode", name_of(open.mode))
      .in("state", name_of(open.state))
      .in("priority", kit::name_if(facts.priority))
      .in("category", facts.category)
      .in("duty", kit::text_of(open.duty_id))
      .in("owner", facts.owner)
      .when(of_case.owner_left, "owner_left")
      .when(of_case.bounces > 0, "bounced");
  if (const auto by = due(open)) places.at(kDue, *by);
  if (open.state == State::pending || open.state == State::ruled) places.at(kPending, open.waiting_since);
  return places;
}

}  // namespace casetrail::handoff
