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

Decision decide(const CaseState& state, const struct DesignateOwner& command, const Context& context);
Decision decide(const CaseState& state, const struct ChangeOwner& command, const Context& context);
Decision decide(const CaseState& state, const struct QueueCase& command, const Context& context);
Decision decide(const CaseState& state, const struct OfferAssignment& command, const Context& context);
Decision decide(const CaseState& state, const struct AcceptAssignment& command, const Context& context);
Decision decide(const CaseState& state, const struct DeclineAssignment& command, const Context& context);
Decision decide(const CaseState& state, const struct MakeAssignment& command, const Context& context);

Decision decide(const CaseState& state, const struct StartWork& command, const Context& context);
Decision decide(const CaseState& state, const struct ReceiveMessage& command, const Context& context);
Decision decide(const CaseState& state, const struct SendMessage& command, const Context& context);
Decision decide(const CaseState& state, const struct RequestInfo& command, const Context& context);
Decision decide(const CaseState& state, const struct SuspendWork& command, const Context& context);
Decision decide(const CaseState& state, const struct ResumeWork& command, const Context& context);
Decision decide(const CaseState& state, const struct ReportProgress& command, const Context& context);

Decision decide(const CaseState& state, const struct RequestHandoff& command, const Context& context);
Decision decide(const CaseState& state, const struct AcceptHandoff& command, const Context& context);
Decision decide(const CaseState& state, const struct ReturnHandoff& command, const Context& context);
Decision decide(const CaseState& state, const struct RuleHandoff& command, const Context& context);
Decision decide(const CaseState& state, const struct CompleteHandoff& command, const Context& context);

Decision decide(const CaseState& state, const struct OfferOptions& command, const Context& context);
Decision decide(const CaseState& state, const struct SelectOption& command, const Context& context);
Decision decide(const CaseState& state, const struct ReachAgreement& command, const Context& context);

Decision decide(const CaseState& state, const struct ScheduleCallback& command, const Context& context);
Decision decide(const CaseState& state, const struct RescheduleCallback& command, const Context& context);
Decision decide(const CaseState& state, const struct AttemptCallback& command, const Context& context);
Decision decide(const CaseState& state, const struct CompleteCallback& command, const Context& context);
Decision decide(const CaseState& state, const struct RouteCallbackFeedback& command, const Context& context);
Decision decide(const CaseState& state, const struct RefuseCallback& command, const Context& context);
Decision decide(const CaseState& state, const struct WaiveCallback& command, const Context& context);

Decision decide(const CaseState& state, const struct LodgeComplaint& command, const Context& context);
Decision decide(const CaseState& state, const struct AcceptComplaint& command, const Context& context);
Decision decide(const CaseState& state, const struct DetermineCause& command, const Context& context);
Decision decide(const CaseState& state, const struct AttributeResponsibility& command,
                const Context& context);
Decision decide(const CaseState& state, const struct CloseComplaint& command, const Context& context);
Decision decide(const CaseState& state, const struct DeclineComplaint& command, const Context& context);
Decision decide(const CaseState& state, const struct WithdrawComplaint& command, const Context& context);

Decision decide(const CaseState& state, const struct AssignReview& command, const Context& context);
Decision decide(const CaseState& state, const struct ScoreReview& command, const Context& context);

Decision decide(const CaseState& state, const struct ResolveCase& command, const Context& context);
Decision decide(const CaseState& state, const struct AcceptResolution& command, const Context& context);
Decision decide(const CaseState& state, const struct RejectResolution& command, const Context& context);
Decision decide(const CaseState& state, const struct CloseCase& command, const Context& context);
Decision decide(const CaseState& state, const struct ReopenCase& command, const Context& context);

Decision decide(const CaseState& state, const struct ImportFacts& command, const Context& context);

/// The agent who acts on the assignment: the actor himself, or the assignee when a system speaks for him.
[[nodiscard]] std::expected<AgentId, Rejection> acting_agent(const CaseState& state, const Context& context,
                                                             std::string_view intent);

/// The first agent who takes a case up answers to the customer, when the policy says so.
void name_first_owner(Draft& draft, const CaseState& state, const AgentId& agent, const Policy& policy);

/// True when the case was closed longer ago than it may be opened again.
[[nodiscard]] bool reopen_window_passed(const CaseState& state, const Context& context);

/// Opens a closed case again, with its promises.
void reopen(Draft& draft, const CaseState& state, ReopenReason reason,
            const std::optional<CustomerWords>& words, const Policy& policy);

/// Plans the callbacks that the policy asks for after a resolution.
void plan_callbacks(Draft& draft, const CaseState& state, const Policy& policy);

/// What still keeps a resolved case from closing, whoever closes it; `intent` is for its sentence.
[[nodiscard]] std::optional<Rejection> obstacle_to_closing(const CaseState& state, const Policy& policy,
                                                           std::string_view intent);

}  // namespace casetrail
