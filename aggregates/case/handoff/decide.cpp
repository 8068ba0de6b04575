// Two departments and the duty between them.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/draft.h"
#include "aggregates/case/handoff/commands.h"
#include "aggregates/case/matrix.h"
#include "events/case/handoff.h"
#include "events/wire/reflect.h"

namespace casetrail {
namespace {

/// The fields that the note lacks, `'customer', 'wants'`; empty when it has all. Who is only asked needs to
/// know why and what.
std::string missing_in(const HandoffNote& note, HandoffMode mode) {
  std::string all;
  const auto need = [&](std::string_view name, std::string_view text) {
    if (text.empty()) all.append(all.empty() ? "'" : ", '").append(name).append("'");
  };
  const auto words = [](const std::optional<std::string>& text) {
    return text ? std::string_view(*text) : std::string_view();
  };
  if (mode != HandoffMode::question) {
    need("customer", words(note.customer));
    need("contact_channel", words(note.contact_channel));
    need("wants", words(note.wants));
    need("how", words(note.how));
  }
  need("because", note.because);
  need("please_do", note.please_do);
  return all;
}

/// The question of this id that is not answered; null when there is none.
const OpenHandoff* find_question(const CaseState& state, const HandoffId& id) {
  const auto found = std::ranges::find(state.questions, id, &OpenHandoff::handoff_id);
  return found == state.questions.end() ? nullptr : &*found;
}

/// The department that published this duty; nothing when none did.
const Department* department_of_duty(const Policy& policy, const DutyId& duty) {
  const auto found = std::ranges::find_if(policy.departments, [&](const Department& department) {
    return std::ranges::find(department.duties, duty) != department.duties.end();
  });
  return found == policy.departments.end() ? nullptr : &*found;
}

/// Whether a ruling for `department` may rest on `duty`: where that publishes duties, it is one of them.
bool rests_on_duty(const Policy& policy, const DepartmentId& department, const DutyId& duty) {
  const auto ruled = std::ranges::find(policy.departments, department, &Department::id);
  if (ruled == policy.departments.end() || ruled->duties.empty()) return true;
  return std::ranges::find(ruled->duties, duty) != ruled->duties.end();
}

/// What stands against the actor answering for the side that `to` names.
std::optional<Rejection> check_side(const Context& context, const Party& to, std::string_view intent) {
  const auto& department = context.actor().department_id;
  const bool is_of_others = context.by_agent() && department && *department != to.department_id;
  if (const auto guard =
          context.guard("not_authorized", is_of_others, [&] { return to.department_id.value; })) {
    return guard
        .refuse(intent,
                "it lies with department '" + to.department_id.value + "', not '" + department->value + "'")
        .error();
  }
  return std::nullopt;
}

/// The handoff that waits to be accepted, which has to be `id`.
std::expected<const OpenHandoff*, Rejection> find_asked(const CaseState& state, const HandoffId& id,
                                                        std::string_view intent, const Context& context) {
  const auto& asked = state.pending_handoff;
  if (const auto guard = context.guard("no_pending_handoff", !asked || asked->handoff_id != id,
                                       [&] { return asked ? asked->handoff_id.value : "none"; }))
    return guard.refuse(intent, "handoff '" + id.value + "' is not pending");
  return &*asked;
}

/// As `find_asked`, in a case that may be answered for.
std::expected<const OpenHandoff*, Rejection> asked_as(const CaseState& state, const HandoffId& id,
                                                      std::string_view intent, const Context& context) {
  if (auto refusal = refusal_of(Step::answer_handoff, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  return find_asked(state, id, intent, context);
}

Party answering_party(const Context& context, const Party& to) {
  return {to.department_id, context.by_agent() ? context.actor_id() : to.agent_id};
}

std::optional<DutyId> duty_of(const CaseState& state, const DepartmentId& to, const Policy& policy) {
  const auto* route = state.category ? policy.find_route(*state.category) : nullptr;
  return route != nullptr && route->to == to ? route->duty : std::nullopt;
}

/// Who takes over a shift has the case as it stands, and nothing to report back.
bool is_change_of_shift(const OpenHandoff& handoff) { return handoff.kind == HandoffKind::shift; }

/// By whom it was asked, his department, or a lead.
bool is_of_giving_side(const Context& context, const Party& from) {
  if (!context.by_agent()) return !context.by_person();
  return from.agent_id == context.actor_id() || context.actor().department_id == from.department_id;
}

bool cites_duty_of_others(const Policy& policy, const std::optional<DutyId>& duty, const Party& returner) {
  if (!duty) return false;
  if (policy.departments.empty()) return true;
  const auto* owner = department_of_duty(policy, *duty);
  return owner != nullptr && owner->id != returner.department_id;
}

/// Who has the case; of one that waits in a queue, whose queue it is.
Party giving_side(const CaseState& state) {
  const auto& [department, agent, offer, accepted, queued] = state.assignment;
  if (department) return {*department, agent};
  return {queued ? queued->department_id : DepartmentId{"unknown"}, agent};
}

HandoffRequested asked_for(const CaseState& state, const RequestHandoff& command, const Policy& policy,
                           Timestamp answer_by) {
  HandoffRequested event;
  event.handoff_id.value = "h" + std::to_string(state.minted.handoffs + 1);
  event.kind = command.kind;
  event.from = giving_side(state);
  event.to = command.to;
  event.reason_code = command.reason_code;
  event.step_reached = command.step_reached;
  event.duty_id = duty_of(state, command.to.department_id, policy);
  event.accept_by = answer_by;
  event.pii = command.pii;
  event.mode = command.mode;
  return event;
}

/// A question that is answered, withdrawn or returned has no due time any more.
Decision end_question(Draft& draft, const OpenHandoff& question, Event event) {
  draft.add(std::move(event));
  draft.clear(TimerKind::handoff_complete, question.handoff_id.value);
  return draft.take();
}

/// It is no bounce: the case is where it was.
Decision return_question(const CaseState& state, const OpenHandoff& question, const ReturnHandoff& command,
                         const Context& context) {
  if (auto refusal = refusal_of(Step::answer_handoff, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (auto refusal = check_side(context, question.to, "return the question"))
    return std::unexpected(std::move(*refusal));
  Draft draft(state, context);
  return end_question(
      draft, question,
      HandoffReturned{command.handoff_id, answering_party(context, question.to), command.reason_code,
                      command.duty_id, command.suggested_department, state.bounces, false});
}

Decision answer_question(const CaseState& state, const OpenHandoff& question, const CompleteHandoff& command,
                         const Context& context) {
  static constexpr auto kIntent = "answer the question";
  if (auto refusal = refusal_of(Step::answer_handoff, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (auto refusal = check_side(context, question.to, kIntent)) return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("answer_missing", !command.pii || command.pii->text.empty()))
    return guard.refuse(kIntent, "'pii.text' says no answer");
  Draft draft(state, context);
  draft.add(HandoffCompleted{command.handoff_id, command.result, context.envelope.occurred_at, command.pii});
  draft.meet(TimerKind::handoff_complete, command.handoff_id.value);
  return draft.take();
}

}  // namespace

Decision decide(const CaseState& state, const RequestHandoff& command, const Context& context) {
  static constexpr auto kIntent = "hand the case off";
  if (auto refusal = refusal_of(Step::request_handoff, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const bool is_question = command.mode == HandoffMode::question;
  if (const auto guard = context.guard(
          "handoff_pending",
          !is_question && state.pending_handoff && state.pending_handoff->phase != HandoffPhase::disputed,
          [&] { return state.pending_handoff ? state.pending_handoff->handoff_id.value : "none"; })) {
    return guard.refuse(
        kIntent, "handoff '" + state.pending_handoff->handoff_id.value + "' is still waiting for an answer");
  }
  const auto missing = missing_in(command.pii, command.mode.value_or(HandoffMode::transfer));
  if (const auto guard = context.guard("handover_note_incomplete", !missing.empty(), [&] { return missing; }))
    return guard.refuse(kIntent, "its note says nothing in " + missing);
  if (const auto guard = context.guard("department_unknown", !context.policy.knows(command.to.department_id),
                                       [&] { return command.to.department_id.value; })) {
    return guard.refuse(kIntent, "the policy has no department '" + command.to.department_id.value + "'");
  }
  const auto& agent = state.assignment.agent_id;
  if (const auto guard = context.guard("handoff_to_assignee", agent && command.to.agent_id == agent,
                                       [&] { return agent.value_or(AgentId{"nobody"}).value; }))
    return guard.refuse(kIntent, "agent '" + agent->value + "' has the case already");
  if (const auto guard = context.guard(
          "promise_in_past", command.answer_by && *command.answer_by <= context.now,
          [&] { return command.answer_by ? to_wire(*command.answer_by) : "the policy's time"; }))
    return guard.refuse(kIntent, "the time to answer has passed");
  const auto& rules = context.policy.handoff;
  const auto& calendar = context.policy.hours_of(command.to.department_id);
  const auto promised =
      context.policy.add(calendar, context.now, is_question ? rules.answer_within : rules.accept_within);
  const auto due = is_question ? command.answer_by.value_or(promised) : promised;
  auto event = asked_for(state, command, context.policy, due);
  const auto id = event.handoff_id.value;
  Draft draft(state, context);
  draft.add(std::move(event));
  draft.set_timer(is_question ? TimerKind::handoff_complete : TimerKind::handoff_accept, id, due, calendar);
  return draft.take();
}

Decision decide(const CaseState& state, const AcceptHandoff& command, const Context& context) {
  static constexpr auto kIntent = "accept the handoff";
  const auto found = asked_as(state, command.handoff_id, kIntent, context);
  if (!found) return std::unexpected(found.error());
  const auto& asked = **found;
  if (auto refusal = check_side(context, asked.to, kIntent)) return std::unexpected(std::move(*refusal));
  const auto by = answering_party(context, asked.to);
  if (const auto guard = context.guard(
          "self_handoff",
          by.agent_id && by.agent_id == asked.from.agent_id && asked.phase != HandoffPhase::ruled,
          [&] { return asked.from.agent_id ? asked.from.agent_id->value : "nobody in person"; }))
    return guard.refuse(kIntent, "the same agent asked for it");
  const auto& calendar = context.policy.hours_of(by.department_id);
  const bool waits_on = is_change_of_shift(asked) && is_waiting(state);
  std::optional<Timestamp> complete_by;
  if (!is_change_of_shift(asked))
    complete_by = context.policy.add(calendar, context.now, context.policy.handoff.complete_within);
  Draft draft(state, context);
  draft.add(
      HandoffAccepted{command.handoff_id, by, complete_by, waits_on ? std::optional(true) : std::nullopt});
  draft.meet(TimerKind::handoff_accept, command.handoff_id.value);
  if (complete_by)
    draft.set_timer(TimerKind::handoff_complete, command.handoff_id.value, *complete_by, calendar);
  draft.clear(TimerKind::acceptance);
  if (!waits_on) draft.end_waiting();
  const bool begins = state.status == CaseStatus::assigned || state.status == CaseStatus::queued;
  if (begins || (is_waiting(state) && !waits_on)) promise_news(draft, state, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const ReturnHandoff& command, const Context& context) {
  static constexpr auto kIntent = "return the handoff";
  if (const auto* question = find_question(state, command.handoff_id))
    return return_question(state, *question, command, context);
  const auto found = asked_as(state, command.handoff_id, kIntent, context);
  if (!found) return std::unexpected(found.error());
  const auto& asked = **found;
  if (auto refusal = check_side(context, asked.to, kIntent)) return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("handoff_ruled", asked.phase == HandoffPhase::ruled,
                                       [&] { return name_of(asked.phase); }))
    return guard.refuse(kIntent, "it was ruled who has the duty");
  const bool bounces = context.policy.catalogues.has(command.reason_code, &CatalogueEntry::needs_duty);
  if (const auto guard =
          context.guard("bounce_limit", bounces && state.bounces >= context.policy.handoff.bounce_limit, [&] {
            return std::to_string(state.bounces) + " of " +
                   std::to_string(context.policy.handoff.bounce_limit);
          })) {
    return guard.refuse(
        kIntent, "the case was returned " + std::to_string(state.bounces) + " times; ask for a ruling");
  }
  if (const auto guard =
          context.guard("duty_reference_required",
                        bounces && !cites_duty_of_others(context.policy, command.duty_id, asked.to),
                        [&] { return command.duty_id ? command.duty_id->value : "none"; }))
    return guard.refuse(kIntent, "no published duty of another department is cited");
  const auto bounce_no = state.bounces + (bounces ? 1 : 0);
  Draft draft(state, context);
  draft.add(HandoffReturned{command.handoff_id, answering_party(context, asked.to), command.reason_code,
                            command.duty_id, command.suggested_department, bounce_no,
                            bounces && bounce_no >= context.policy.handoff.bounce_limit});
  draft.clear(TimerKind::handoff_accept, command.handoff_id.value);
  return draft.take();
}

Decision decide(const CaseState& state, const RuleHandoff& command, const Context& context) {
  static constexpr auto kIntent = "rule who has the duty";
  const auto found = asked_as(state, command.handoff_id, kIntent, context);
  if (!found) return std::unexpected(found.error());
  const auto& rules = context.policy.handoff;
  if (const auto guard =
          context.guard("not_authorized",
                        context.by_person() && rules.ruling_role && context.actor().role != rules.ruling_role,
                        [&] { return context.actor().role.value_or("none"); }))
    return guard.refuse(kIntent, "only the role '" + *rules.ruling_role + "' may");
  if (const auto guard = context.guard("department_unknown", !context.policy.knows(command.ruling_department),
                                       [&] { return command.ruling_department.value; })) {
    return guard.refuse(kIntent, "the policy has no department '" + command.ruling_department.value + "'");
  }
  if (const auto guard =
          context.guard("duty_reference_required",
                        !rests_on_duty(context.policy, command.ruling_department, command.duty_id),
                        [&] { return command.duty_id.value; })) {
    return guard.refuse(kIntent, "department '" + command.ruling_department.value +
                                     "' has not published a duty '" + command.duty_id.value + "'");
  }
  if (const auto guard = context.guard("reason_required", command.reason.empty()))
    return guard.refuse(kIntent, "there is no reason");
  const auto& asked = **found;
  if (asked.phase == HandoffPhase::ruled && asked.to.department_id == command.ruling_department) return {};
  const auto& calendar = context.policy.hours_of(command.ruling_department);
  const auto accept_by = context.policy.add(calendar, context.now, rules.accept_within);
  Draft draft(state, context);
  draft.add(HandoffRuled{command.handoff_id, command.ruling_department, context.actor_id(), command.duty_id,
                         command.reason, accept_by});
  draft.set_timer(TimerKind::handoff_accept, command.handoff_id.value, accept_by, calendar);
  return draft.take();
}

Decision decide(const CaseState& state, const CompleteHandoff& command, const Context& context) {
  static constexpr auto kIntent = "complete the handoff";
  if (const auto* question = find_question(state, command.handoff_id))
    return answer_question(state, *question, command, context);
  if (auto refusal = refusal_of(Step::complete_handoff, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto held = std::ranges::find(state.accepted_handoffs, command.handoff_id, &OpenHandoff::handoff_id);
  if (const auto guard = context.guard("handoff_not_accepted", held == state.accepted_handoffs.end(),
                                       [&] { return command.handoff_id.value; })) {
    return guard.refuse(kIntent, "handoff '" + command.handoff_id.value + "' is not accepted and open");
  }
  const bool by_lead = !context.policy.roles.lead.empty() && is_lead(context);
  if (auto refusal = check_side(context, held->to, kIntent); refusal && !by_lead)
    return std::unexpected(std::move(*refusal));
  Draft draft(state, context);
  draft.add(HandoffCompleted{command.handoff_id, command.result, context.envelope.occurred_at});
  draft.meet(TimerKind::handoff_complete, command.handoff_id.value);
  return draft.take();
}

Decision decide(const CaseState& state, const WithdrawHandoff& command, const Context& context) {
  static constexpr auto kIntent = "withdraw the handoff";
  if (auto refusal = refusal_of(Step::answer_handoff, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto* question = find_question(state, command.handoff_id);
  const auto* open = question;
  if (question == nullptr) {
    const auto found = find_asked(state, command.handoff_id, kIntent, context);
    if (!found) return std::unexpected(found.error());
    open = *found;
  }
  if (const auto guard =
          context.guard("not_authorized", !is_of_giving_side(context, open->from) && !is_lead(context),
                        [&] { return to_wire(context.actor()); }))
    return guard.refuse(kIntent, "the actor neither gave it nor is a lead");
  if (const auto guard = context.guard("handoff_ruled", open->phase == HandoffPhase::ruled,
                                       [&] { return name_of(open->phase); }))
    return guard.refuse(kIntent, "it was ruled who has the duty");
  if (const auto guard = context.guard("reason_required", command.reason.empty()))
    return guard.refuse(kIntent, "there is no reason");
  Draft draft(state, context);
  if (question != nullptr)
    return end_question(draft, *question, HandoffWithdrawn{command.handoff_id, command.reason});
  draft.add(HandoffWithdrawn{command.handoff_id, command.reason});
  draft.clear(TimerKind::handoff_accept, command.handoff_id.value);
  return draft.take();
}

}  // namespace casetrail
