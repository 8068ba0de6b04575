// What the events of a handoff make of a case.
#include "aggregates/case/evolve.h"

#include "events/case/handoff.h"

namespace casetrail {
namespace {

/// The handoff that waits for an answer, where it is `id`; else null.
OpenHandoff* asked_as(CaseState& state, const HandoffId& id) {
  return state.pending_handoff && state.pending_handoff->handoff_id == id ? &*state.pending_handoff : nullptr;
}

/// Whether the handoff was a question, which is over now.
bool end_question(CaseState& state, const HandoffId& id) {
  return std::erase_if(state.questions,
                       [&](const OpenHandoff& question) { return question.handoff_id == id; }) > 0;
}

/// What was answered, or taken over, needs no report any more.
void end_taken(CaseState& state, const HandoffId& id) {
  if (end_question(state, id)) return;
  std::erase_if(state.accepted_handoffs, [&](const OpenHandoff& taken) { return taken.handoff_id == id; });
}

}  // namespace

void evolve(CaseState& state, const HandoffRequested& event, const CaseEvent& record) {
  count_minted(state.minted.handoffs, event.handoff_id.value);
  OpenHandoff asked{event.handoff_id, HandoffPhase::pending, event.from,
                    event.to,         time_of(record),       event.kind};
  if (event.mode == HandoffMode::question) {
    if (record.actor.kind != ActorKind::import_) state.questions.push_back(std::move(asked));
  } else {
    state.pending_handoff = std::move(asked);
  }
}

/// Imported handoffs and changes of shift are not held: nobody will report them back here.
void evolve(CaseState& state, const HandoffAccepted& event, const CaseEvent& record) {
  if (const auto* asked = asked_as(state, event.handoff_id)) {
    if (record.actor.kind != ActorKind::import_ && event.complete_by) {
      state.accepted_handoffs.push_back(
          {event.handoff_id, HandoffPhase::working, asked->from, event.by, time_of(record), asked->kind});
    }
    state.pending_handoff.reset();
  }
  state.assignment = {event.by.department_id, event.by.agent_id, std::nullopt, true};
  note_handled_by(state, event.by.department_id, event.by.agent_id);
  if (!event.still_waiting.value_or(false)) move_open_case(state, CaseStatus::in_progress);
}

/// A return that reaches the policy's limit leaves the handoff for a ruling; any other ends it.
void evolve(CaseState& state, const HandoffReturned& event, const CaseEvent& record) {
  if (end_question(state, event.handoff_id)) return;
  state.bounces = event.bounce_no;
  auto* asked = asked_as(state, event.handoff_id);
  if (asked == nullptr) return;
  if (!event.limit_reached.value_or(false)) return state.pending_handoff.reset();
  asked->phase = HandoffPhase::disputed;
  asked->started_at = time_of(record);
}

/// The handoff stays pending.
void evolve(CaseState&, const HandoffExpired&, const CaseEvent&) {}

void evolve(CaseState& state, const HandoffRuled& event, const CaseEvent& record) {
  auto* asked = asked_as(state, event.handoff_id);
  if (asked == nullptr) return;
  asked->phase = HandoffPhase::ruled;
  asked->to = Party{event.ruling_department, std::nullopt};
  asked->started_at = time_of(record);
}

void evolve(CaseState& state, const HandoffCompleted& event, const CaseEvent&) {
  end_taken(state, event.handoff_id);
}

void evolve(CaseState& state, const HandoffWithdrawn& event, const CaseEvent&) {
  end_taken(state, event.handoff_id);
  if (asked_as(state, event.handoff_id) != nullptr) state.pending_handoff.reset();
}

}  // namespace casetrail
