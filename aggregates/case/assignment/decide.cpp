// Who answers to the customer, and who works on the case.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/assignment/commands.h"
#include "aggregates/case/draft.h"
#include "aggregates/case/matrix.h"
#include "events/case/assignment.h"
#include "events/case/handoff.h"

namespace casetrail {
namespace {

std::optional<Rejection> check_instructions(const DepartmentId& department, const std::string& requirements,
                                            const std::string& cautions, const Context& context) {
  static constexpr auto kIntent = "assign the case";
  if (const auto guard =
          context.guard("instructions_required", requirements.empty() || cautions.empty(), [&] {
            if (requirements.empty()) return "no requirements";
            return cautions.empty() ? "no cautions" : "both are there";
          }))
    return guard.refuse(kIntent, "its requirements or cautions are empty").error();
  if (const auto guard = context.guard("department_unknown", !context.policy.knows(department),
                                       [&] { return department.value; })) {
    return guard.refuse(kIntent, "the policy has no department '" + department.value + "'").error();
  }
  return std::nullopt;
}

std::optional<Rejection> check_offer(const CaseState& state, const std::optional<OfferId>& offer,
                                     const Context& context) {
  if (const auto guard = context.guard("offer_not_open", offer && state.assignment.offer_id != offer,
                                       [&] { return state.assignment.offer_id.value_or(OfferId{}).value; }))
    return guard.refuse("answer the offer", "offer '" + offer->value + "' is not open").error();
  return std::nullopt;
}

bool has_assignee(const CaseState& state) {
  return state.status != CaseStatus::triaged && state.status != CaseStatus::queued &&
         state.assignment.department_id;
}

/// Nobody accepts for somebody else.
bool speaks_for_another(const MakeAssignment& command, const Context& context) {
  if (command.basis == AssignmentBasis::imported) return true;
  return command.basis == AssignmentBasis::pull && command.agent_id != context.actor_id();
}

/// Who has the case has it no longer, nor an offer of it. What their department took over, nobody there can
/// report back when the case goes on in department `next`.
void release(Draft& draft, const CaseState& state, const Code<ReleaseReason>& reason,
             const DepartmentId& next) {
  const auto& assigned = state.assignment;
  draft.add(AssignmentReleased{assigned.department_id.value_or(DepartmentId{"unknown"}), assigned.agent_id,
                               reason});
  draft.clear(TimerKind::acceptance);
  if (assigned.department_id == next) return;
  for (const auto& taken : state.accepted_handoffs) {
    if (taken.to.department_id != assigned.department_id) continue;
    draft.add(HandoffWithdrawn{taken.handoff_id, std::string(reason.text())});
    draft.clear(TimerKind::handoff_complete, taken.handoff_id.value);
  }
}

}  // namespace

bool is_lead(const Context& context) {
  return !context.by_person() || context.in_one_of(context.policy.roles.lead);
}

std::expected<AgentId, Rejection> acting_agent(const CaseState& state, const Context& context,
                                               std::string_view intent) {
  const auto& assigned = state.assignment.agent_id;
  if (!context.by_agent()) {
    if (assigned && !context.by_person()) return *assigned;
    return refuse("not_authorized", intent, "the actor is not the assignee");
  }
  const auto& department = context.actor().department_id;
  const bool other_agent = assigned && *assigned != context.actor_id();
  const bool other_department = !assigned && department && state.assignment.department_id &&
                                *department != *state.assignment.department_id;
  if (const auto guard = context.guard("not_authorized", other_agent || other_department,
                                       [&] { return assigned ? assigned->value : std::string(); }))
    return guard.refuse(intent, "the case is assigned to somebody else");
  return context.actor_id();
}

void name_first_owner(Draft& draft, const CaseState& state, const AgentId& agent, const Policy& policy) {
  if (state.owner || policy.owner != FirstOwner::first_contact) return;
  draft.chose("first_owner", [&] { return name_of(policy.owner); });
  draft.add(OwnerDesignated{agent, OwnerBasis::first_contact});
}

Decision decide(const CaseState& state, const DesignateOwner& command, const Context& context) {
  if (auto refusal = refusal_of(Step::own, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (state.owner == command.owner) return {};
  if (const auto guard = context.guard("owner_already_designated", state.owner.has_value(),
                                       [&] { return state.owner.value_or(AgentId{}).value; })) {
    return guard.refuse("designate an owner", "'" + state.owner->value +
                                                  "' answers for the case already; change the owner instead");
  }
  return std::vector<Event>{OwnerDesignated{command.owner, command.basis}};
}

Decision decide(const CaseState& state, const ChangeOwner& command, const Context& context) {
  static constexpr auto kIntent = "change the owner";
  if (auto refusal = refusal_of(Step::own, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("owner_required", !state.owner, [&] {
        return state.owner ? state.owner->value : std::string("nobody");
      }))
    return guard.refuse(kIntent, "the case has none yet; designate one instead");
  if (state.owner == command.to) return {};
  if (const auto guard =
          context.guard("not_authorized", !is_lead(context) && *state.owner != context.actor_id(),
                        [&] { return to_wire(context.actor()); }))
    return guard.refuse(kIntent, "the actor is neither the owner nor a lead");
  OwnerChanged event{*state.owner, command.to, command.reason_code,
                     command.approved_by.value_or(context.actor_id())};
  if (auto refusal = name_approver(event.approved_by, event.approval_id, state, ApprovalSubject::owner_change,
                                   command.to.value, kIntent, context))
    return std::unexpected(std::move(*refusal));
  return std::vector<Event>{std::move(event)};
}

Decision decide(const CaseState& state, const QueueCase& command, const Context& context) {
  static constexpr auto kIntent = "queue the case";
  if (auto refusal = refusal_of(Step::queue, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  auto department = command.department_id;
  if (!department && state.category) {
    if (const auto* route = context.policy.find_route(*state.category)) {
      department = route->to;
      context.chose("route",
                    [&] { return *state.category + " → " + route->to.value + " (" + route->category + ")"; });
    }
  }
  if (const auto guard =
          context.guard("department_unknown", !department || !context.policy.knows(*department),
                        [&] { return department.value_or(DepartmentId{}).value; })) {
    return guard.refuse(kIntent, department
                                     ? "the policy has no department '" + department->value + "'"
                                     : std::string("no department is named and no route fits its category"));
  }
  if (state.assignment.queued == QueuePlace{command.queue_id, *department}) return {};
  Draft draft(state, context);
  draft.add(AssignmentQueued{command.queue_id, *department, command.reason});
  draft.clear(TimerKind::acceptance);
  return draft.take();
}

Decision decide(const CaseState& state, const OfferAssignment& command, const Context& context) {
  if (auto refusal = refusal_of(Step::assign, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (auto refusal =
          check_instructions(command.department_id, command.requirements, command.cautions, context)) {
    return std::unexpected(std::move(*refusal));
  }
  const OfferId offer{"o" + std::to_string(state.minted.offers + 1)};
  const auto accept_by = context.now + context.policy.assignment.accept_within;
  Draft draft(state, context);
  draft.add(AssignmentOffered{offer, command.agent_id, command.department_id,
                              command.candidates.value_or(std::vector<Candidate>{}), command.requirements,
                              command.cautions, accept_by});
  draft.set_timer(TimerKind::acceptance, offer.value, accept_by);
  return draft.take();
}

Decision decide(const CaseState& state, const AcceptAssignment& command, const Context& context) {
  if (auto refusal = refusal_of(Step::answer_assignment, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto agent = acting_agent(state, context, "accept the assignment");
  if (!agent) return std::unexpected(agent.error());
  if (state.assignment.accepted) return {};
  if (auto refusal = check_offer(state, command.offer_id, context))
    return std::unexpected(std::move(*refusal));
  Draft draft(state, context);
  draft.add(AssignmentAccepted{state.assignment.offer_id, *agent});
  draft.clear(TimerKind::acceptance);
  name_first_owner(draft, state, *agent, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const DeclineAssignment& command, const Context& context) {
  static constexpr auto kIntent = "decline the assignment";
  if (auto refusal = refusal_of(Step::answer_assignment, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto agent = acting_agent(state, context, kIntent);
  if (!agent) return std::unexpected(agent.error());
  if (const auto guard =
          context.guard("already_accepted", state.assignment.accepted, [&] { return agent->value; }))
    return guard.refuse(kIntent, "it was accepted already");
  if (auto refusal = check_offer(state, command.offer_id, context))
    return std::unexpected(std::move(*refusal));
  const auto department = state.assignment.department_id.value_or(DepartmentId{"unknown"});
  Draft draft(state, context);
  draft.add(AssignmentDeclined{state.assignment.offer_id, *agent, command.reason_code});
  draft.add(AssignmentQueued{QueueId{department.value}, department, QueueReason::declined});
  draft.clear(TimerKind::acceptance);
  return draft.take();
}

Decision decide(const CaseState& state, const MakeAssignment& command, const Context& context) {
  const bool by_lead = command.basis == AssignmentBasis::lead && is_lead(context);
  const bool is_free = is_waiting(state) && state.assignment.queued;
  if (auto refusal =
          refusal_of(by_lead || is_free ? Step::reassign : Step::assign, state.status, context.trace)) {
    if (refusal->code == "assignment_active" && is_lead(context))
      return refuse("assignment_active", "assign the case",
                    "somebody has the case already; assign it on the basis lead to take it from them");
    return std::unexpected(std::move(*refusal));
  }
  if (auto refusal =
          check_instructions(command.department_id, command.requirements, command.cautions, context)) {
    return std::unexpected(std::move(*refusal));
  }
  if (const auto guard =
          context.guard("not_authorized", context.by_person() && speaks_for_another(command, context),
                        [&] { return to_wire(context.actor()); })) {
    return guard.refuse("assign the case",
                        "a case is pulled by its agent alone, and imported by none; push it to them instead");
  }
  const auto& assigned = state.assignment;
  if (assigned.agent_id && assigned.agent_id == command.agent_id &&
      assigned.department_id == command.department_id)
    return {};
  Draft draft(state, context);
  const bool taken = has_assignee(state);
  const bool waits = is_waiting(state);
  if (taken) release(draft, state, ReleaseReason::lead_decision, command.department_id);
  AssignmentMade event{AssignmentId{"a" + std::to_string(state.minted.assignments + 1)},
                       command.agent_id,
                       command.department_id,
                       command.requirements,
                       command.cautions,
                       command.basis,
                       waits ? std::optional(true) : std::nullopt};
  const auto id = event.assignment_id.value;
  const bool accepted = is_accepted(event);
  draft.add(std::move(event));
  if (!accepted)
    draft.set_timer(TimerKind::acceptance, id, context.now + context.policy.assignment.accept_within);
  if (command.agent_id) name_first_owner(draft, state, *command.agent_id, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const ReleaseAssignment& command, const Context& context) {
  static constexpr auto kIntent = "release the assignment";
  if (auto refusal = refusal_of(Step::release, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard =
          context.guard("no_assignee", !state.assignment.agent_id, [&] { return name_of(state.status); }))
    return guard.refuse(kIntent, "nobody has the case");
  const bool by_assignee = context.by_agent() && state.assignment.agent_id == context.actor_id();
  if (const auto guard = context.guard("not_authorized", !by_assignee && !is_lead(context),
                                       [&] { return to_wire(context.actor()); }))
    return guard.refuse(kIntent, "the actor is neither the assignee nor a lead");
  const auto department = command.department_id ? command.department_id : state.assignment.department_id;
  if (const auto guard =
          context.guard("department_unknown", !department || !context.policy.knows(*department),
                        [&] { return department.value_or(DepartmentId{}).value; })) {
    return guard.refuse(kIntent,
                        "the policy has no department '" + department.value_or(DepartmentId{}).value + "'");
  }
  Draft draft(state, context);
  release(draft, state, command.reason_code, *department);
  AssignmentQueued queued{command.queue_id.value_or(QueueId{department->value}), *department,
                          QueueReason::released};
  if (is_waiting(state)) queued.still_waiting = true;
  draft.add(std::move(queued));
  return draft.take();
}

}  // namespace casetrail
