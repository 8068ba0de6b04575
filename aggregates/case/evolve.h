// One overload for every event, none for the rest: an event that somebody forgot does not compile.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "aggregates/case/state.h"
#include "events/case/case_event.h"
#include "events/wire/ids.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// When the engine took it; for imported facts, when it happened.
[[nodiscard]] Timestamp time_of(const CaseEvent& record);

/// Raises `counter` so that no later id of the case equals `id`, which may have been minted elsewhere
/// (`h12`).
void count_minted(std::int32_t& counter, const std::string& id);

/// Moves an open case to `to`. Cases that are resolved or closed are left to the events that open them again:
/// imported facts may come in any order.
void move_open_case(CaseState& state, CaseStatus to);

/// The case's own number in draws of samples: the first 32 bits of the digest of its id.
[[nodiscard]] std::uint32_t lot_of(const CaseId& id);

/// What this approval was granted for is done. Absent: none was needed.
void use_approval(CaseState& state, const std::optional<ApprovalId>& id);

/// Adds to what was escalated and nobody has acknowledged.
void note_escalation(CaseState& state, std::int32_t level, const std::vector<std::string>& to);

/// Notes that this department, and this person in it, worked on the case.
void note_handled_by(CaseState& state, const DepartmentId& department, const std::optional<AgentId>& agent);

void evolve(CaseState& state, const struct RequestRegistered& event, const CaseEvent& record);
void evolve(CaseState& state, const struct RequestAcknowledged& event, const CaseEvent& record);
void evolve(CaseState& state, const struct RequestClassified& event, const CaseEvent& record);
void evolve(CaseState& state, const struct RequestPrioritized& event, const CaseEvent& record);
void evolve(CaseState& state, const struct RequestAmended& event, const CaseEvent& record);
void evolve(CaseState& state, const struct RequestRejected& event, const CaseEvent& record);
void evolve(CaseState& state, const struct RequestWithdrawn& event, const CaseEvent& record);

void evolve(CaseState& state, const struct OwnerDesignated& event, const CaseEvent& record);
void evolve(CaseState& state, const struct OwnerChanged& event, const CaseEvent& record);
void evolve(CaseState& state, const struct AssignmentQueued& event, const CaseEvent& record);
void evolve(CaseState& state, const struct AssignmentOffered& event, const CaseEvent& record);
void evolve(CaseState& state, const struct AssignmentAccepted& event, const CaseEvent& record);
void evolve(CaseState& state, const struct AssignmentDeclined& event, const CaseEvent& record);
void evolve(CaseState& state, const struct AssignmentMade& event, const CaseEvent& record);
void evolve(CaseState& state, const struct AssignmentExpired& event, const CaseEvent& record);
void evolve(CaseState& state, const struct AssignmentReleased& event, const CaseEvent& record);

void evolve(CaseState& state, const struct WorkStarted& event, const CaseEvent& record);
void evolve(CaseState& state, const struct MessageReceived& event, const CaseEvent& record);
void evolve(CaseState& state, const struct MessageSent& event, const CaseEvent& record);
void evolve(CaseState& state, const struct InfoRequested& event, const CaseEvent& record);
void evolve(CaseState& state, const struct WorkSuspended& event, const CaseEvent& record);
void evolve(CaseState& state, const struct WorkResumed& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ProgressReported& event, const CaseEvent& record);
void evolve(CaseState& state, const struct WorkChased& event, const CaseEvent& record);
void evolve(CaseState& state, const struct EscalationRaised& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ReminderDue& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CallAttempted& event, const CaseEvent& record);

void evolve(CaseState& state, const struct HandoffRequested& event, const CaseEvent& record);
void evolve(CaseState& state, const struct HandoffAccepted& event, const CaseEvent& record);
void evolve(CaseState& state, const struct HandoffReturned& event, const CaseEvent& record);
void evolve(CaseState& state, const struct HandoffExpired& event, const CaseEvent& record);
void evolve(CaseState& state, const struct HandoffRuled& event, const CaseEvent& record);
void evolve(CaseState& state, const struct HandoffCompleted& event, const CaseEvent& record);
void evolve(CaseState& state, const struct HandoffWithdrawn& event, const CaseEvent& record);

void evolve(CaseState& state, const struct OptionsOffered& event, const CaseEvent& record);
void evolve(CaseState& state, const struct OptionSelected& event, const CaseEvent& record);
void evolve(CaseState& state, const struct AgreementReached& event, const CaseEvent& record);
void evolve(CaseState& state, const struct OptionDeclined& event, const CaseEvent& record);
void evolve(CaseState& state, const struct AgreementFulfilled& event, const CaseEvent& record);
void evolve(CaseState& state, const struct AgreementBreached& event, const CaseEvent& record);
void evolve(CaseState& state, const struct AgreementSuperseded& event, const CaseEvent& record);

void evolve(CaseState& state, const struct CallbackScheduled& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CallbackRescheduled& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CallbackAttempted& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CallbackCompleted& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CallbackFeedbackRouted& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CallbackRefused& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CallbackExhausted& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CallbackWaived& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CallbackOverdue& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CallbackCanceled& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CallbackAssigned& event, const CaseEvent& record);

void evolve(CaseState& state, const struct ComplaintLodged& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ComplaintAccepted& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ComplaintCauseDetermined& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ResponsibilityAttributed& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ComplaintClosed& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ComplaintDeclined& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ComplaintWithdrawn& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ComplaintAssessed& event, const CaseEvent& record);
void evolve(CaseState& state, const struct DecisionCommunicated& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ComplaintAppealed& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ResponsibilityDisputed& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ResponsibilityConfirmed& event, const CaseEvent& record);

void evolve(CaseState& state, const struct ReviewAssigned& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ReviewScored& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ReviewCalibrated& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ReviewDisputed& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ReviewDisputeResolved& event, const CaseEvent& record);
void evolve(CaseState& state, const struct RecognitionGiven& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ReviewSampleDrawn& event, const CaseEvent& record);

void evolve(CaseState& state, const struct CaseResolved& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ResolutionAccepted& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ResolutionRejected& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CaseClosed& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CaseReopened& event, const CaseEvent& record);

void evolve(CaseState& state, const struct SlaAttached& event, const CaseEvent& record);
void evolve(CaseState& state, const struct SlaTargetMet& event, const CaseEvent& record);
void evolve(CaseState& state, const struct SlaTargetMissed& event, const CaseEvent& record);
void evolve(CaseState& state, const struct SlaTargetCompletedLate& event, const CaseEvent& record);
void evolve(CaseState& state, const struct TimerSet& event, const CaseEvent& record);
void evolve(CaseState& state, const struct TimerPaused& event, const CaseEvent& record);
void evolve(CaseState& state, const struct TimerResumed& event, const CaseEvent& record);
void evolve(CaseState& state, const struct TimerWarned& event, const CaseEvent& record);
void evolve(CaseState& state, const struct TimerExpired& event, const CaseEvent& record);
void evolve(CaseState& state, const struct TimerCleared& event, const CaseEvent& record);
void evolve(CaseState& state, const struct EscalationTriggered& event, const CaseEvent& record);
void evolve(CaseState& state, const struct SlaExcused& event, const CaseEvent& record);
void evolve(CaseState& state, const struct EscalationAcknowledged& event, const CaseEvent& record);

void evolve(CaseState& state, const struct ReturnAuthorized& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ReturnReceived& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ReturnInspected& event, const CaseEvent& record);
void evolve(CaseState& state, const struct WorkDispatched& event, const CaseEvent& record);
void evolve(CaseState& state, const struct VisitCompleted& event, const CaseEvent& record);

void evolve(CaseState& state, const struct NoteAdded& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CaseTagged& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CaseLinked& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CaseUnlinked& event, const CaseEvent& record);
void evolve(CaseState& state, const struct AccessLogged& event, const CaseEvent& record);

void evolve(CaseState& state, const struct ApprovalRequested& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ApprovalDecided& event, const CaseEvent& record);
void evolve(CaseState& state, const struct ErasureRequested& event, const CaseEvent& record);
void evolve(CaseState& state, const struct CustomerErased& event, const CaseEvent& record);
void evolve(CaseState& state, const struct HoldPlaced& event, const CaseEvent& record);
void evolve(CaseState& state, const struct HoldReleased& event, const CaseEvent& record);

}  // namespace casetrail
