// What the events of callbacks make of a case.
#include "aggregates/case/evolve.h"

#include <algorithm>

#include "events/case/callback.h"

namespace casetrail {
namespace {

/// The callback of this id; an imported fact may name one that nobody scheduled here.
CallbackRegion& callback_of(CaseState& state, const CallbackId& id) {
  const auto found = std::ranges::find(state.callbacks, id, &CallbackRegion::callback_id);
  if (found != state.callbacks.end()) return *found;
  count_minted(state.minted.callbacks, id.value);
  auto& added = state.callbacks.emplace_back();
  added.callback_id = id;
  added.cycle_no = state.cycle_no;
  return added;
}

}  // namespace

void evolve(CaseState& state, const CallbackScheduled& event, const CaseEvent& record) {
  auto& callback = callback_of(state, event.callback_id);
  callback.scheduled_at = time_of(record);
  callback.purpose = event.purpose;
  callback.not_before = event.not_before;
  callback.tz = event.tz;
  callback.agent_id = event.agent_id;
  callback.required_before_close = event.required_before_close.value_or(false);
}

void evolve(CaseState& state, const CallbackRescheduled& event, const CaseEvent&) {
  callback_of(state, event.callback_id).not_before = event.not_before;
}

void evolve(CaseState& state, const CallbackAttempted& event, const CaseEvent& record) {
  auto& callback = callback_of(state, event.callback_id);
  callback.attempts = event.attempt_no;
  callback.last_attempt_at = time_of(record);
  if (event.outcome == CallbackOutcome::connected) {
    callback.connected = true;
    state.answer_owed = false;
  }
  if (event.next_not_before) callback.not_before = *event.next_not_before;
}

void evolve(CaseState& state, const CallbackCompleted& event, const CaseEvent& record) {
  auto& callback = callback_of(state, event.callback_id);
  callback.phase = CallbackPhase::completed;
  callback.satisfied = event.answers.satisfied;
  state.answer_owed = state.status == CaseStatus::resolved && callback.satisfied == false;
  state.last_heard_at = time_of(record);
  // Completed ones stand in the order of their answers, so that the last of them is the customer's last word.
  auto& all = state.callbacks;
  std::rotate(all.begin() + (&callback - all.data()), all.begin() + (&callback - all.data()) + 1, all.end());
}

void evolve(CaseState& state, const CallbackFeedbackRouted& event, const CaseEvent&) {
  auto& callback = callback_of(state, event.callback_id);
  callback.routed = true;
  if (!event.created_case_id) return;
  callback.taken_on = true;
  // The other case goes on with it.
  state.answer_owed = false;
}

void evolve(CaseState& state, const CallbackRefused& event, const CaseEvent&) {
  callback_of(state, event.callback_id).phase = CallbackPhase::refused;
  if (event.do_not_call) state.do_not_call = true;
}

void evolve(CaseState& state, const CallbackExhausted& event, const CaseEvent&) {
  callback_of(state, event.callback_id).phase = CallbackPhase::exhausted;
}

void evolve(CaseState& state, const CallbackWaived& event, const CaseEvent&) {
  use_approval(state, event.approval_id);
  state.callback_waived = true;
  if (event.callback_id) callback_of(state, *event.callback_id).phase = CallbackPhase::waived;
}

/// The callback stays open.
void evolve(CaseState&, const CallbackOverdue&, const CaseEvent&) {}

void evolve(CaseState& state, const CallbackCanceled& event, const CaseEvent&) {
  callback_of(state, event.callback_id).phase = CallbackPhase::canceled;
}

void evolve(CaseState& state, const CallbackAssigned& event, const CaseEvent&) {
  callback_of(state, event.callback_id).agent_id = event.agent_id;
}

}  // namespace casetrail
