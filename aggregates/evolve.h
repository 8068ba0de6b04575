// One overload for every event, none for the rest: an event that somebody forgot does not compile.
#pragma once

#include <cstdint>
#include <string>

#include "aggregates/state.h"
#include "events/case_event.h"

namespace casetrail {

/// When the engine took it; for imported facts, when it happened.
[[nodiscard]] Timestamp time_of(const CaseEvent& record);

/// Raises `counter` so that no later id of the case equals `id`, which may have been minted elsewhere
/// (`h12`).
void count_minted(std::int32_t& counter, const std::string& id);

/// Moves an open case to `to`. Cases that are resolved or closed are left to the events that open them again:
/// imported facts may come in any order.
void move_open_case(CaseState& state, CaseStatus to);

/// Notes that this department, and this person in it, worked on the case.
void note_handled_by(CaseState& state, const DepartmentId& department, const std::optional<AgentId>& agent);

void evolve(CaseState& state, const RequestRegistered& event, const CaseEvent& record);
void evolve(CaseState& state, const RequestAcknowledged& event, const CaseEvent& record);
void evolve(CaseState& state, const RequestClassified& event, const CaseEvent& record);
void evolve(CaseState& state, const RequestPrioritized& event, const CaseEvent& record);

void evolve(CaseState& state, const OwnerDesignated& event, const CaseEvent& record);
void evolve(CaseState& state, const OwnerChanged& event, const CaseEvent& record);
void evolve(CaseState& state, const AssignmentQueued& event, const CaseEvent& record);
void evolve(CaseState& state, const AssignmentOffered& event, const CaseEvent& record);
void evolve(CaseState& state, const AssignmentAccepted& event, const CaseEvent& record);
void evolve(CaseState& state, const AssignmentDeclined& event, const CaseEvent& record);
void evolve(CaseState& state, const AssignmentMade& event, const CaseEvent& record);
void evolve(CaseState& state, const AssignmentExpired& event, const CaseEvent& record);

void evolve(CaseState& state, const WorkStarted& event, const CaseEvent& record);
void evolve(CaseState& state, const MessageReceived& event, const CaseEvent& record);
void evolve(CaseState& state, const MessageSent& event, const CaseEvent& record);
void evolve(CaseState& state, const InfoRequested& event, const CaseEvent& record);
void evolve(CaseState& state, const WorkSuspended& event, const CaseEvent& record);
void evolve(CaseState& state, const WorkResumed& event, const CaseEvent& record);
void evolve(CaseState& state, const ProgressReported& event, const CaseEvent& record);

void evolve(CaseState& state, const HandoffRequested& event, const CaseEvent& record);
void evolve(CaseState& state, const HandoffAccepted& event, const CaseEvent& record);
void evolve(CaseState& state, const HandoffReturned& event, const CaseEvent& record);
void evolve(CaseState& state, const HandoffExpired& event, const CaseEvent& record);
void evolve(CaseState& state, const HandoffRuled& event, const CaseEvent& record);
void evolve(CaseState& state, const HandoffCompleted& event, const CaseEvent& record);

void evolve(CaseState& state, const OptionsOffered& event, const CaseEvent& record);
void evolve(CaseState& state, const OptionSelected& event, const CaseEvent& record);
void evolve(CaseState& state, const AgreementReached& event, const CaseEvent& record);

void evolve(CaseState& state, const CallbackScheduled& event, const CaseEvent& record);
void evolve(CaseState& state, const CallbackRescheduled& event, const CaseEvent& record);
void evolve(CaseState& state, const CallbackAttempted& event, const CaseEvent& record);
void evolve(CaseState& state, const CallbackCompleted& event, const CaseEvent& record);
void evolve(CaseState& state, const CallbackFeedbackRouted& event, const CaseEvent& record);
void evolve(CaseState& state, const CallbackRefused& event, const CaseEvent& record);
void evolve(CaseState& state, const CallbackExhausted& event, const CaseEvent& record);
void evolve(CaseState& state, const CallbackWaived& event, const CaseEvent& record);
void evolve(CaseState& state, const CallbackOverdue& event, const CaseEvent& record);

void evolve(CaseState& state, const ComplaintLodged& event, const CaseEvent& record);
void evolve(CaseState& state, const ComplaintAccepted& event, const CaseEvent& record);
void evolve(CaseState& state, const ComplaintCauseDetermined& event, const CaseEvent& record);
void evolve(CaseState& state, const ResponsibilityAttributed& event, const CaseEvent& record);
void evolve(CaseState& state, const ComplaintClosed& event, const CaseEvent& record);

void evolve(CaseState& state, const ReviewAssigned& event, const CaseEvent& record);
void evolve(CaseState& state, const ReviewScored& event, const CaseEvent& record);

void evolve(CaseState& state, const CaseResolved& event, const CaseEvent& record);
void evolve(CaseState& state, const ResolutionAccepted& event, const CaseEvent& record);
void evolve(CaseState& state, const ResolutionRejected& event, const CaseEvent& record);
void evolve(CaseState& state, const CaseClosed& event, const CaseEvent& record);
void evolve(CaseState& state, const CaseReopened& event, const CaseEvent& record);

void evolve(CaseState& state, const SlaAttached& event, const CaseEvent& record);
void evolve(CaseState& state, const SlaTargetMet& event, const CaseEvent& record);
void evolve(CaseState& state, const SlaTargetMissed& event, const CaseEvent& record);
void evolve(CaseState& state, const TimerSet& event, const CaseEvent& record);
void evolve(CaseState& state, const TimerPaused& event, const CaseEvent& record);
void evolve(CaseState& state, const TimerResumed& event, const CaseEvent& record);
void evolve(CaseState& state, const TimerWarned& event, const CaseEvent& record);
void evolve(CaseState& state, const TimerExpired& event, const CaseEvent& record);
void evolve(CaseState& state, const TimerCleared& event, const CaseEvent& record);
void evolve(CaseState& state, const EscalationTriggered& event, const CaseEvent& record);
}  // namespace casetrail
