// What people say about a breach and an escalation.
#include <algorithm>

#include "aggregates/case/decide.h"
#include "aggregates/case/matrix.h"
#include "aggregates/case/timer/commands.h"
#include "events/case/timer.h"
#include "events/wire/reflect.h"

namespace casetrail {

Decision decide(const CaseState& state, const ExcuseSla& command, const Context& context) {
  static constexpr auto kIntent = "excuse the breach";
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto found = std::ranges::find(state.missed, command.metric, &MissedTarget::metric);
  if (const auto guard = context.guard("target_not_missed", found == state.missed.end(),
                                       [&] { return name_of(command.metric); })) {
    return guard.refuse(kIntent, "the case missed no target '" + std::string(name_of(command.metric)) + "'");
  }
  const auto& missed = *found;
  if (const auto guard = context.guard("not_authorized", !is_lead(context),
                                       [&] { return context.actor().role.value_or("none"); }))
    return guard.refuse(kIntent, "the actor is no lead");
  if (const auto guard =
          context.guard("conflict_of_interest", context.by_person() && missed.agent_id == context.actor_id(),
                        [&] { return missed.agent_id ? missed.agent_id->value : "nobody in person"; }))
    return guard.refuse(kIntent, "the actor had the case when it was missed");
  if (missed.excused_for == command.reason_code) return {};
  if (const auto guard = context.guard("already_excused", missed.excused_for.has_value(), [&] {
        return missed.excused_for ? missed.excused_for->text() : "no";
      }))
    return guard.refuse(kIntent, "the breach due at " + to_wire(missed.due_at) + " is excused already");
  return std::vector<Event>{SlaExcused{command.metric, missed.due_at, command.reason_code, command.pii}};
}

Decision decide(const CaseState& state, const AcknowledgeEscalation& command, const Context& context) {
  static constexpr auto kIntent = "acknowledge the escalation";
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto& open = state.escalated;
  if (const auto guard = context.guard("no_open_escalation", !open.has_value(), [&] {
        return open ? "level " + std::to_string(open->level) : std::string("none");
      }))
    return guard.refuse(kIntent, "no escalation of the case is open");
  if (const auto guard = context.guard(
          "not_authorized", context.by_person() && !is_lead(context) && !context.in_one_of(open->to),
          [&] { return context.actor().role.value_or("none"); }))
    return guard.refuse(kIntent, "the case was escalated to another role");
  return std::vector<Event>{EscalationAcknowledged{open->level, command.pii}};
}

}  // namespace casetrail
