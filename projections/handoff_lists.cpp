// The places of an open handoff.
#include "projections/handoff_lists.h"

namespace casetrail::handoff {
namespace {

constexpr std::string_view kDue = "due";
constexpr std::string_view kPending = "pending";

}  // namespace

std::optional<Timestamp> due(const OpenRow& open) {
  switch (open.state) {
    case State::pending:
    case State::ruled: return open.accept_by;
    case State::accepted:
    case State::working: return open.complete_by;
    case State::returned:
    case State::disputed: return std::nullopt;
  }
  return std::nullopt;
}

List due_list() { return measured_list(kDue); }
List pending_list() { return measured_list(kPending); }

std::string order_of_row(const OpenRow& open) { return order_of(open.waiting_since); }

Places places_of(const OpenRow& open, const CaseRow& of_case) {
  const auto& facts = of_case.facts;
  Places places(order_of_row(open));
  places.in("all")
      .in("case_no", facts.case_no)
      .in("from_department", open.from.department_id.value)
      .in("to_department", open.to.department_id.value)
      .in("department", open.from.department_id.value)
      .in("department", open.to.department_id.value)
      .in("agent", text_of(open.from.agent_id))
      .in("agent", text_of(open.to.agent_id))
      .in("kind", name_of(open.kind))
      .in("state", name_of(open.state))
      .in("priority", name_if(facts.priority))
      .in("category", facts.category)
      .in("duty", text_of(open.duty_id))
      .in("owner", facts.owner)
      .when(of_case.owner_left, "owner_left")
      .when(of_case.bounces > 0, "bounced");
  if (const auto by = due(open)) places.at(kDue, *by);
  if (open.state == State::pending || open.state == State::ruled) places.at(kPending, open.waiting_since);
  return places;
}

}  // namespace casetrail::handoff
