// What the events of owner and assignee make of a case.
#include "aggregates/case/evolve.h"

#include "events/case/assignment.h"

namespace casetrail {
namespace {

void back_to_queue(CaseState& state) {
  state.assignment = {};
  move_open_case(state, CaseStatus::queued);
}

}  // namespace

void evolve(CaseState& state, const OwnerDesignated& event, const CaseEvent&) { state.owner = event.owner; }

void evolve(CaseState& state, const OwnerChanged& event, const CaseEvent&) {
  state.owner = event.to;
  use_approval(state, event.approval_id);
}

void evolve(CaseState& state, const AssignmentQueued& event, const CaseEvent&) {
  if (event.still_waiting.value_or(false))
    state.assignment = {};
  else
    back_to_queue(state);
  state.assignment.queued = {event.queue_id, event.department_id};
}

void evolve(CaseState& state, const AssignmentOffered& event, const CaseEvent&) {
  count_minted(state.minted.offers, event.offer_id.value);
  state.assignment = {event.department_id, event.agent_id, event.offer_id, false};
  move_open_case(state, CaseStatus::assigned);
}

void evolve(CaseState& state, const AssignmentAccepted& event, const CaseEvent&) {
  state.assignment.agent_id = event.agent_id;
  state.assignment.offer_id.reset();
  state.assignment.accepted = true;
  note_handled_by(state, state.assignment.department_id.value_or(DepartmentId{}), event.agent_id);
}

void evolve(CaseState& state, const AssignmentDeclined&, const CaseEvent&) { back_to_queue(state); }

void evolve(CaseState& state, const AssignmentMade& event, const CaseEvent&) {
  count_minted(state.minted.assignments, event.assignment_id.value);
  const bool accepted = is_accepted(event);
  state.assignment = {event.department_id, event.agent_id, std::nullopt, accepted};
  if (accepted) note_handled_by(state, event.department_id, event.agent_id);
  if (!event.still_waiting.value_or(false)) move_open_case(state, CaseStatus::assigned);
}

/// Where it goes is told by what follows.
void evolve(CaseState& state, const AssignmentReleased&, const CaseEvent&) { state.assignment = {}; }

void evolve(CaseState& state, const AssignmentExpired&, const CaseEvent&) { back_to_queue(state); }

}  // namespace casetrail
