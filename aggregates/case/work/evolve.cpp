// What the events of work and talk make of a case.
#include "aggregates/case/evolve.h"

#include <algorithm>

#include "events/case/work.h"

namespace casetrail {
namespace {

/// What waited is worked on again, or waits for somebody who does.
CaseStatus after_waiting(const CaseState& state) {
  return state.assignment.queued ? CaseStatus::queued : CaseStatus::in_progress;
}

/// The customer spoke: what waited for them goes on, and what is resolved owes them an answer.
void hear(CaseState& state, const CaseEvent& record) {
  state.last_heard_at = time_of(record);
  if (state.status == CaseStatus::awaiting_customer) state.status = after_waiting(state);
  if (state.status == CaseStatus::resolved) state.answer_owed = true;
}

}  // namespace

void evolve(CaseState& state, const WorkStarted& event, const CaseEvent&) {
  if (event.agent_id) state.assignment.agent_id = event.agent_id;
  state.assignment.accepted = true;
  note_handled_by(state, state.assignment.department_id.value_or(DepartmentId{}), event.agent_id);
  move_open_case(state, CaseStatus::in_progress);
}

void evolve(CaseState& state, const MessageReceived&, const CaseEvent& record) { hear(state, record); }

void evolve(CaseState& state, const MessageSent&, const CaseEvent& record) {
  state.last_informed_at = time_of(record);
  state.answer_owed = false;
}

void evolve(CaseState& state, const InfoRequested&, const CaseEvent&) {
  state.reminders = 0;
  move_open_case(state, CaseStatus::awaiting_customer);
}

void evolve(CaseState& state, const WorkSuspended&, const CaseEvent& record) {
  state.suspended_at = time_of(record);
  move_open_case(state, CaseStatus::suspended);
}

void evolve(CaseState& state, const WorkResumed&, const CaseEvent&) {
  move_open_case(state, after_waiting(state));
}

void evolve(CaseState& state, const ProgressReported&, const CaseEvent& record) {
  state.last_informed_at = time_of(record);
  state.answer_owed = false;
}

void evolve(CaseState& state, const WorkChased& event, const CaseEvent& record) {
  state.chases = std::max(state.chases + 1, event.count);
  if (event.by == ChasedBy::customer) hear(state, record);
}

void evolve(CaseState& state, const EscalationRaised& event, const CaseEvent&) {
  note_escalation(state, event.level, event.to);
}

void evolve(CaseState& state, const ReminderDue& event, const CaseEvent&) {
  state.reminders = event.reminder_no;
}

void evolve(CaseState& state, const CallAttempted& event, const CaseEvent& record) {
  if (event.outcome != CallOutcome::connected) return;
  if (event.direction == CallDirection::inbound) hear(state, record);
  state.last_informed_at = time_of(record);
  // Who calls about what was resolved waits for news of it.
  state.answer_owed = event.direction == CallDirection::inbound && state.status == CaseStatus::resolved;
}

}  // namespace casetrail
