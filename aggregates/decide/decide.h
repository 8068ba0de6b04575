// One overload for every command, none for the rest: a command that somebody forgot does not compile.
#pragma once

#include "aggregates/decide/context.h"

namespace casetrail {

class Draft;

Decision decide(const CaseState& state, const RegisterRequest& command, const Context& context);
Decision decide(const CaseState& state, const AcknowledgeRequest& command, const Context& context);
Decision decide(const CaseState& state, const ClassifyRequest& command, const Context& context);
Decision decide(const CaseState& state, const PrioritizeRequest& command, const Context& context);

Decision decide(const CaseState& state, const DesignateOwner& command, const Context& context);
Decision decide(const CaseState& state, const ChangeOwner& command, const Context& context);
Decision decide(const CaseState& state, const QueueCase& command, const Context& context);
Decision decide(const CaseState& state, const OfferAssignment& command, const Context& context);
Decision decide(const CaseState& state, const AcceptAssignment& command, const Context& context);
Decision decide(const CaseState& state, const DeclineAssignment& command, const Context& context);
Decision decide(const CaseState& state, const MakeAssignment& command, const Context& context);

Decision decide(const CaseState& state, const StartWork& command, const Context& context);
Decision decide(const CaseState& state, const ReceiveMessage& command, const Context& context);
Decision decide(const CaseState& state, const SendMessage& command, const Context& context);
Decision decide(const CaseState& state, const RequestInfo& command, const Context& context);
Decision decide(const CaseState& state, const SuspendWork& command, const Context& context);
Decision decide(const CaseState& state, const ResumeWork& command, const Context& context);
Decision decide(const CaseState& state, const ReportProgress& command, const Context& context);

Decision decide(const CaseState& state, const RequestHandoff& command, const Context& context);
Decision decide(const CaseState& state, const AcceptHandoff& command, const Context& context);
Decision decide(const CaseState& state, const ReturnHandoff& command, const Context& context);
Decision decide(const CaseState& state, const RuleHandoff& command, const Context& context);
Decision decide(const CaseState& state, const CompleteHandoff& command, const Context& context);

Decision decide(const CaseState& state, const OfferOptions& command, const Context& context);
Decision decide(const CaseState& state, const SelectOption& command, const Context& context);
Decision decide(const CaseState& state, const ReachAgreement& command, const Context& context);

Decision decide(const CaseState& state, const ScheduleCallback& command, const Context& context);
Decision decide(const CaseState& state, const RescheduleCallback& command, const Context& context);
Decision decide(const CaseState& state, const AttemptCallback& command, const Context& context);
Decision decide(const CaseState& state, const CompleteCallback& command, const Context& context);
Decision decide(const CaseState& state, const RouteCallbackFeedback& command, const Context& context);
Decision decide(const CaseState& state, const RefuseCallback& command, const Context& context);
Decision decide(const CaseState& state, const WaiveCallback& command, const Context& context);

Decision decide(const CaseState& state, const LodgeComplaint& command, const Context& context);
Decision decide(const CaseState& state, const AcceptComplaint& command, const Context& context);
Decision decide(const CaseState& state, const DetermineCause& command, const Context& context);
Decision decide(const CaseState& state, const AttributeResponsibility& command, const Context& context);
Decision decide(const CaseState& state, const CloseComplaint& command, const Context& context);

Decision decide(const CaseState& state, const AssignReview& command, const Context& context);
Decision decide(const CaseState& state, const ScoreReview& command, const Context& context);

Decision decide(const CaseState& state, const ResolveCase& command, const Context& context);
Decision decide(const CaseState& state, const AcceptResolution& command, const Context& context);
Decision decide(const CaseState& state, const RejectResolution& command, const Context& context);
Decision decide(const CaseState& state, const CloseCase& command, const Context& context);
Decision decide(const CaseState& state, const ReopenCase& command, const Context& context);

Decision decide(const CaseState& state, const ImportFacts& command, const Context& context);

/// The agent who acts on the assignment: the actor himself, or the assignee when a system speaks for him.
[[nodiscard]] std::expected<AgentId, Rejection> acting_agent(const CaseState& state, const Context& context,
                                                             std::string_view intent);

/// The first agent who takes a case up answers to the customer, when the policy says so.
void name_first_owner(Draft& draft, const CaseState& state, const AgentId& agent, const Policy& policy);

/// Opens a closed case again, with its promises.
void reopen(Draft& draft, const CaseState& state, ReopenReason reason,
            const std::optional<CustomerWords>& words, const Policy& policy);

/// Plans the callbacks that the policy asks for after a resolution.
void plan_callbacks(Draft& draft, const CaseState& state, const Policy& policy);

/// What still keeps a resolved case from closing, whoever closes it; `intent` is for its sentence.
[[nodiscard]] std::optional<Rejection> obstacle_to_closing(const CaseState& state, const Policy& policy,
                                                           std::string_view intent);

}  // namespace casetrail
