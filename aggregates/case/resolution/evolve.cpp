// What the events of ending and opening again make of a case.
#include "aggregates/case/evolve.h"

#include <algorithm>
#include <utility>

#include "events/case/resolution.h"

namespace casetrail {
namespace {

/// Live cases end without open handoffs; imported ones may leave some behind.
void forget_handoffs(CaseState& state) {
  state.pending_handoff.reset();
  state.accepted_handoffs.clear();
  state.questions.clear();
}

/// An agreement that was breached, goods and visits whose time has run out: they are owed beyond the end, and
/// so is the answer of who was told.
bool owes_beyond_its_end(const CaseState& state) {
  const auto errands = state.errands.value_or(ErrandRegion());
  const auto runs = [&](TimerKind kind) {
    return std::ranges::count(state.timers, kind, &RunningTimer::kind) > 0;
  };
  return std::ranges::count(state.agreement.open, true, &OpenAgreement::breached) > 0 ||
         (std::ranges::count(errands.returns, ReturnPhase::received, &ReturnRegion::phase) > 0 &&
          !runs(TimerKind::return_inspection)) ||
         (std::ranges::count(errands.visits, false, &VisitRegion::over) > 0 && !runs(TimerKind::visit_due));
}

}  // namespace

void evolve(CaseState& state, const CaseResolved&, const CaseEvent&) {
  move_open_case(state, CaseStatus::resolved);
  state.resolution_accepted = false;
  state.answer_owed = false;
  for (auto& callback : state.callbacks) {
    if (callback.phase != CallbackPhase::scheduled) callback.of_earlier_resolution = true;
  }
  forget_handoffs(state);
}

void evolve(CaseState& state, const ResolutionAccepted&, const CaseEvent& record) {
  state.resolution_accepted = true;
  state.answer_owed = false;
  state.last_heard_at = time_of(record);
}

void evolve(CaseState& state, const ResolutionRejected&, const CaseEvent& record) {
  state.last_heard_at = time_of(record);
  state.answer_owed = false;
  for (auto& callback : state.callbacks) {
    if (callback.phase == CallbackPhase::completed) callback.taken_on = true;
    if (callback.phase != CallbackPhase::scheduled) callback.of_earlier_resolution = true;
  }
  state.callback_waived = false;
  if (state.status == CaseStatus::resolved) state.status = CaseStatus::in_progress;
}

void evolve(CaseState& state, const CaseClosed& event, const CaseEvent& record) {
  // What was promised, and what somebody was to approve, was of a request that nobody makes any more.
  if (event.basis == ClosureBasis::rejected || event.basis == ClosureBasis::withdrawn) {
    state.agreement.open.clear();
    std::erase_if(state.approvals, [](const ApprovalRegion& approval) { return !approval.granted; });
  }
  state.status = CaseStatus::closed;
  state.closed_at = time_of(record);
  state.answer_owed = false;
  if (!owes_beyond_its_end(state)) state.escalated.reset();
  for (auto& clock : state.clocks) {
    clock.since.reset();
    clock.done = true;
  }
  forget_handoffs(state);
}

/// Who had the case has it again; without a person it waits in the queue, or to be sorted.
void evolve(CaseState& state, const CaseReopened& event, const CaseEvent&) {
  state.cycle_no = event.cycle_no;
  state.callback_waived = false;
  state.resolution_accepted = false;
  state.acknowledged = false;
  // What was promised before is owed still.
  auto owed = std::move(state.agreement.open);
  state.agreement = {};
  state.agreement.open = std::move(owed);
  state.handled_by = {};
  state.bounces = 0;
  // What was approved was approved of a case that stood otherwise.
  std::erase_if(state.approvals, [](const ApprovalRegion& approval) { return approval.granted.has_value(); });
  if (!state.assignment.agent_id || !state.assignment.accepted) {
    const bool sorted = (state.classification && state.priority) || !state.lives_here;
    state.assignment = {};
    state.status = sorted ? CaseStatus::queued : CaseStatus::new_;
    return;
  }
  state.status = CaseStatus::in_progress;
  note_handled_by(state, state.assignment.department_id.value_or(DepartmentId{}), state.assignment.agent_id);
}

}  // namespace casetrail
