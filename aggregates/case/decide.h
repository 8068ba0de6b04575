// One overload for every command, none for the rest: a command that somebody forgot does not compile.
#pragma once

#include "aggregates/case/context.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"

namespace casetrail {

class Draft;

Decision decide(const CaseState& state, const struct RegisterRequest& command, const Context& context);
Decision decide(const CaseState& state, const struct AcknowledgeRequest& command, const Context& context);
Decision decide(const CaseState& state, const struct ClassifyRequest& command, const Context& context);
Decision decide(const CaseState& state, const struct PrioritizeRequest& command, const Context& context);
Decision decide(const CaseState& state, const struct AmendRequest& command, const Context& context);
Decision decide(const CaseState& state, const struct RejectRequest& command, const Context& context);
Decision decide(const CaseState& state, const struct WithdrawRequest& command, const Context& context);

Decision decide(const CaseState& state, const struct DesignateOwner& command, const Context& context);
Decision decide(const CaseState& state, const struct ChangeOwner& command, const Context& context);
Decision decide(const CaseState& state, const struct QueueCase& command, const Context& context);
Decision decide(const CaseState& state, const struct OfferAssignment& command, const Context& context);
Decision decide(const CaseState& state, const struct AcceptAssignment& command, const Context& context);
Decision decide(const CaseState& state, const struct DeclineAssignment& command, const Context& context);
Decision decide(const CaseState& state, const struct MakeAssignment& command, const Context& context);
Decision decide(const CaseState& state, const struct ReleaseAssignment& command, const Context& context);

Decision decide(const CaseState& state, const struct StartWork& command, const Context& context);
Decision decide(const CaseState& state, const struct ReceiveMessage& command, const Context& context);
Decision decide(const CaseState& state, const struct SendMessage& command, const Context& context);
Decision decide(const CaseState& state, const struct RequestInfo& command, const Context& context);
Decision decide(const CaseState& state, const struct SuspendWork& command, const Context& context);
Decision decide(const CaseState& state, const struct ResumeWork& command, const Context& context);
Decision decide(const CaseState& state, const struct ReportProgress& command, const Context& context);
Decision decide(const CaseState& state, const struct ChaseCase& command, const Context& context);
Decision decide(const CaseState& state, const struct RaiseEscalation& command, const Context& context);
Decision decide(const CaseState& state, const struct AttemptCall& command, const Context& context);

Decision decide(const CaseState& state, const struct RequestHandoff& command, const Context& context);
Decision decide(const CaseState& state, const struct AcceptHandoff& command, const Context& context);
Decision decide(const CaseState& state, const struct ReturnHandoff& command, const Context& context);
Decision decide(const CaseState& state, const struct RuleHandoff& command, const Context& context);
Decision decide(const CaseState& state, const struct CompleteHandoff& command, const Context& context);
Decision decide(const CaseState& state, const struct WithdrawHandoff& command, const Context& context);

Decision decide(const CaseState& state, const struct OfferOptions& command, const Context& context);
Decision decide(const CaseState& state, const struct SelectOption& command, const Context& context);
Decision decide(const CaseState& state, const struct ReachAgreement& command, const Context& context);
Decision decide(const CaseState& state, const struct DeclineOption& command, const Context& context);
Decision decide(const CaseState& state, const struct FulfillAgreement& command, const Context& context);

Decision decide(const CaseState& state, const struct ScheduleCallback& command, const Context& context);
Decision decide(const CaseState& state, const struct RescheduleCallback& command, const Context& context);
Decision decide(const CaseState& state, const struct AttemptCallback& command, const Context& context);
Decision decide(const CaseState& state, const struct CompleteCallback& command, const Context& context);
Decision decide(const CaseState& state, const struct RouteCallbackFeedback& command, const Context& context);
Decision decide(const CaseState& state, const struct RefuseCallback& command, const Context& context);
Decision decide(const CaseState& state, const struct WaiveCallback& command, const Context& context);
Decision decide(const CaseState& state, const struct CancelCallback& command, const Context& context);
Decision decide(const CaseState& state, const struct AssignCallback& command, const Context& context);

Decision decide(const CaseState& state, const struct LodgeComplaint& command, const Context& context);
Decision decide(const CaseState& state, const struct AcceptComplaint& command, const Context& context);
Decision decide(const CaseState& state, const struct DetermineCause& command, const Context& context);
Decision decide(const CaseState& state, const struct AttributeResponsibility& command,
                const Context& context);
Decision decide(const CaseState& state, const struct CloseComplaint& command, const Context& context);
Decision decide(const CaseState& state, const struct DeclineComplaint& command, const Context& context);
Decision decide(const CaseState& state, const struct WithdrawComplaint& command, const Context& context);
Decision decide(const CaseState& state, const struct AssessComplaint& command, const Context& context);
Decision decide(const CaseState& state, const struct CommunicateDecision& command, const Context& context);
Decision decide(const CaseState& state, const struct AppealComplaint& command, const Context& context);
Decision decide(const CaseState& state, const struct DisputeResponsibility& command, const Context& context);
Decision decide(const CaseState& state, const struct ConfirmResponsibility& command, const Context& context);

Decision decide(const CaseState& state, const struct AssignReview& command, const Context& context);
Decision decide(const CaseState& state, const struct AssignSecondReview& command, const Context& context);
Decision decide(const CaseState& state, const struct ScoreReview& command, const Context& context);
Decision decide(const CaseState& state, const struct CalibrateReview& command, const Context& context);
Decision decide(const CaseState& state, const struct DisputeReview& command, const Context& context);
Decision decide(const CaseState& state, const struct ResolveReviewDispute& command, const Context& context);
Decision decide(const CaseState& state, const struct GiveRecognition& command, const Context& context);

Decision decide(const CaseState& state, const struct ResolveCase& command, const Context& context);
Decision decide(const CaseState& state, const struct AcceptResolution& command, const Context& context);
Decision decide(const CaseState& state, const struct RejectResolution& command, const Context& context);
Decision decide(const CaseState& state, const struct CloseCase& command, const Context& context);
Decision decide(const CaseState& state, const struct ReopenCase& command, const Context& context);
Decision decide(const CaseState& state, const struct ResolveAtFirstContact& command, const Context& context);

Decision decide(const CaseState& state, const struct AddNote& command, const Context& context);
Decision decide(const CaseState& state, const struct TagCase& command, const Context& context);
Decision decide(const CaseState& state, const struct LinkCase& command, const Context& context);
Decision decide(const CaseState& state, const struct UnlinkCase& command, const Context& context);
Decision decide(const CaseState& state, const struct RevealContact& command, const Context& context);

Decision decide(const CaseState& state, const struct RequestApproval& command, const Context& context);
Decision decide(const CaseState& state, const struct DecideApproval& command, const Context& context);

Decision decide(const CaseState& state, const struct ExcuseSla& command, const Context& context);
Decision decide(const CaseState& state, const struct AcknowledgeEscalation& command, const Context& context);

Decision decide(const CaseState& state, const struct AuthorizeReturn& command, const Context& context);
Decision decide(const CaseState& state, const struct ReceiveReturn& command, const Context& context);
Decision decide(const CaseState& state, const struct InspectReturn& command, const Context& context);
Decision decide(const CaseState& state, const struct DispatchWork& command, const Context& context);
Decision decide(const CaseState& state, const struct CompleteVisit& command, const Context& context);

Decision decide(const CaseState& state, const struct RequestErasure& command, const Context& context);
Decision decide(const CaseState& state, const struct PlaceHold& command, const Context& context);
Decision decide(const CaseState& state, const struct ReleaseHold& command, const Context& context);

Decision decide(const CaseState& state, const struct ImportFacts& command, const Context& context);

/// Takes the events that a decision on `state` led to into it, as the log will.
void take_in(CaseState& state, const std::vector<Event>& events, const CommandEnvelope& envelope,
             Timestamp now);

/// Whether a case that somebody has waits: for the customer, or for its review date.
[[nodiscard]] inline bool is_waiting(const CaseState& state) {
  return state.status == CaseStatus::awaiting_customer || state.status == CaseStatus::suspended;
}

/// Whether the actor may do what leads may; systems and rules answer for what they send.
[[nodiscard]] bool is_lead(const Context& context);

/// The agent who acts on the assignment: the actor himself, or the assignee when a system speaks for him.
[[nodiscard]] std::expected<AgentId, Rejection> acting_agent(const CaseState& state, const Context& context,
                                                             std::string_view intent);

/// Who approved something, and by which approval.
struct SecondWord {
  AgentId by;
  ApprovalId approval_id;
};

/// The approval that somebody else than the actor granted for `subject` and that was not used yet, good for
/// `what`; else what is missing (`second_approval_required`).
[[nodiscard]] std::expected<SecondWord, Rejection> second_word(const CaseState& state,
                                                               ApprovalSubject subject, std::string_view what,
                                                               std::string_view intent,
                                                               const Context& context);

/// Where the policy asks for an approval of `subject`, names who gave it and which one it was; else what is
/// missing.
[[nodiscard]] std::optional<Rejection> name_approver(AgentId& by, std::optional<ApprovalId>& approval_id,
                                                     const CaseState& state, ApprovalSubject subject,
                                                     std::string_view what, std::string_view intent,
                                                     const Context& context);

/// The first agent who takes a case up answers to the customer, when the policy says so.
void name_first_owner(Draft& draft, const CaseState& state, const AgentId& agent, const Policy& policy);

/// True when the case was closed longer ago than it may be opened again.
[[nodiscard]] bool reopen_window_passed(const CaseState& state, const Context& context);

/// Whether a rule for cases of these kinds is about this one: a case with a complaint that was neither
/// declined nor withdrawn is a complaint, too, whatever its kind, and so is one of a kind that the policy
/// calls so.
[[nodiscard]] bool is_one_of(const std::vector<Code<CaseKind>>& kinds, const CaseState& state,
                             const Policy& policy);

/// News are promised to the customer, unless they were promised sooner.
void promise_news(Draft& draft, const CaseState& state, const Policy& policy);

/// Whether who acts is the person that the complaint is about.
[[nodiscard]] bool is_complained_of(const CaseState& state, const Context& context);
/// Nobody ends a complaint about themselves (`conflict_of_interest`).
[[nodiscard]] std::optional<Rejection> check_not_complained_of(const CaseState& state,
                                                               std::string_view intent,
                                                               const Context& context);

/// Opens a closed case again, with its promises.
void reopen(Draft& draft, const CaseState& state, ReopenReason reason,
            const std::optional<CustomerWords>& words, const Policy& policy);

/// Closes a case that nobody has to work on, and cancels its callbacks.
void end_request(Draft& draft, const CaseState& state, CancelReason why, ClosureBasis basis,
                 const Context& context);

/// Resolves the case: the work is done, or the customer never answered.
void resolve(Draft& draft, const CaseState& state, const Code<ResolutionCode>& code,
             const std::optional<ResolutionNotes>& notes, const Policy& policy);

/// What keeps a case that is worked on from being resolved; `held` are the handoffs that somebody else has to
/// complete first.
[[nodiscard]] std::optional<Rejection> obstacle_to_resolving(const CaseState& state,
                                                             const std::vector<OpenHandoff>& held,
                                                             const Policy& policy, Trace* trace);

/// The work on a resolved case goes on, for the customer is not content.
void go_on_working(Draft& draft, const CaseState& state, const Policy& policy);

/// Cancels the callbacks that ask whether the customer is content with the resolution.
void cancel_callbacks(Draft& draft, const CaseState& state, CancelReason why);

/// Words reached the customer, which keeps what was promised of them. The next are due at `next`, or as the
/// policy promises while somebody works on the case.
void tell_customer(Draft& draft, const CaseState& state, const Policy& policy,
                   const std::optional<Timestamp>& next = {});

/// The customer who wrote on a resolved case has an answer, and may again be content or not.
void answer_customer(Draft& draft, const CaseState& state, const Policy& policy);

/// A resolved case does not close over the customer's words: somebody answers, or the work goes on.
void hear_on_resolved(Draft& draft, const CaseState& state, const Code<Channel>& channel,
                      const CustomerWords& words, const Policy& policy);

/// Whether the customer may still judge the resolution before the case closes by itself.
///
/// One that is over is looked at again, by a timer of this subject.
inline constexpr std::string_view kLookAgain = "again";
[[nodiscard]] bool confirmation_window_open(const CaseState& state);

/// Whether a timer watches over what is owed to the customer after the case is closed, too: what was agreed,
/// a call that was planned, a visit, and goods that arrived.
[[nodiscard]] inline bool outlives_case(const RunningTimer& timer) {
  switch (timer.kind) {
    case TimerKind::agreement_due:
    case TimerKind::callback_due:
    case TimerKind::visit_due:
    case TimerKind::return_inspection: return true;
    default: return false;
  }
}

/// Closes the case and ends its timers, but for those that outlive it.
void close(Draft& draft, const CaseState& state, ClosureBasis basis, const std::optional<AgentId>& closed_by);

/// Whether nothing keeps a resolved case open once its window is over.
[[nodiscard]] bool closes_by_itself(const CaseState& state, const Policy& policy, Trace* trace = nullptr);

/// What a resolved case that closes by itself is closed for.
[[nodiscard]] ClosureBasis closure_basis(const CaseState& state);

/// Draws the case that is being closed for a review, where a rule of the policy's sampling says so. Whoever
/// knows the case's id, the cycle and the policy's seed draws the same.
void draw_review(Draft& draft, const CaseState& state, const Policy& policy);

/// Plans the callbacks that the policy asks for after a resolution.
void plan_callbacks(Draft& draft, const CaseState& state, const Policy& policy);

/// What still keeps a resolved case from closing, whoever closes it.
void ask_what_is_open(Guards& guards, const CaseState& state, const Policy& policy);

}  // namespace casetrail
