// Goods that come back, and technicians who go out.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/draft.h"
#include "aggregates/case/errand/commands.h"
#include "aggregates/case/matrix.h"
#include "events/case/errand.h"

namespace casetrail {
namespace {

/// The return of this id, which somebody authorized; else what is missing.
std::expected<const ReturnRegion*, Rejection> find_return(const CaseState& state, const ReturnId& id,
                                                          std::string_view intent, const Context& context) {
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  static const std::vector<ReturnRegion> kNone;
  const auto& all = state.errands ? state.errands->returns : kNone;
  const auto found = std::ranges::find(all, id, &ReturnRegion::return_id);
  if (const auto guard = context.guard("return_unknown", found == all.end(), [&] { return id.value; }))
    return guard.refuse(intent, "the case has no return '" + id.value + "'");
  return &*found;
}

}  // namespace

Decision decide(const CaseState& state, const AuthorizeReturn& command, const Context& context) {
  if (auto refusal = refusal_of(Step::inform, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("field_missing", command.items.empty(),
                                       [&] { return std::to_string(command.items.size()); }))
    return guard.refuse("authorize the return", "'items' names nothing that comes back");
  return std::vector<Event>{ReturnAuthorized{ReturnId{"m" + std::to_string(state.minted.returns + 1)},
                                             command.kind, command.items, command.rma_no}};
}

Decision decide(const CaseState& state, const ReceiveReturn& command, const Context& context) {
  static constexpr auto kIntent = "receive the goods";
  const auto goods = find_return(state, command.return_id, kIntent, context);
  if (!goods) return std::unexpected(goods.error());
  if (const auto guard = context.guard("return_received", (*goods)->phase != ReturnPhase::authorized,
                                       [&] { return name_of((*goods)->phase); }))
    return guard.refuse(kIntent, "those of return '" + command.return_id.value + "' arrived already");
  const auto& rules = context.policy.returns;
  const auto inspect_by = context.policy.add(rules.calendar, context.now, rules.inspect_within);
  Draft draft(state, context);
  draft.add(ReturnReceived{command.return_id, command.condition, inspect_by});
  draft.set_timer(TimerKind::return_inspection, command.return_id.value, inspect_by, rules.calendar);
  return draft.take();
}

Decision decide(const CaseState& state, const InspectReturn& command, const Context& context) {
  static constexpr auto kIntent = "record the inspection";
  const auto goods = find_return(state, command.return_id, kIntent, context);
  if (!goods) return std::unexpected(goods.error());
  const auto phase = (*goods)->phase;
  if (const auto guard = context.guard("return_not_received", phase == ReturnPhase::authorized,
                                       [&] { return name_of(phase); }))
    return guard.refuse(kIntent, "the goods of return '" + command.return_id.value + "' have not arrived");
  if (const auto guard =
          context.guard("return_inspected", phase == ReturnPhase::inspected, [&] { return name_of(phase); }))
    return guard.refuse(kIntent, "the goods of return '" + command.return_id.value + "' are inspected");
  Draft draft(state, context);
  draft.add(ReturnInspected{command.return_id, command.verdict, command.refund_minor, command.pii});
  draft.clear(TimerKind::return_inspection, command.return_id.value);
  return draft.take();
}

Decision decide(const CaseState& state, const DispatchWork& command, const Context& context) {
  static constexpr auto kIntent = "send a technician";
  if (auto refusal = refusal_of(Step::dispatch, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("promise_in_past", command.ends_at <= context.now,
                                       [&] { return to_wire(command.ends_at); }))
    return guard.refuse(kIntent, "the time of the visit has passed");
  if (const auto guard = context.guard("visit_window_empty", command.ends_at <= command.starts_at, [&] {
        return to_wire(command.starts_at) + " – " + to_wire(command.ends_at);
      }))
    return guard.refuse(kIntent, "the visit ends before it starts");
  const auto& errands = state.errands;
  const bool is_sent = errands && std::ranges::any_of(errands->visits, [&](const VisitRegion& visit) {
                         return !visit.over && visit.technician_id == command.technician_id &&
                                visit.starts_at == command.starts_at && visit.ends_at == command.ends_at;
                       });
  if (is_sent) return {};
  const VisitId id{"v" + std::to_string(state.minted.visits + 1)};
  Draft draft(state, context);
  draft.add(WorkDispatched{id, command.technician_id, command.starts_at, command.ends_at});
  draft.set_timer(TimerKind::visit_due, id.value, command.ends_at);
  return draft.take();
}

Decision decide(const CaseState& state, const CompleteVisit& command, const Context& context) {
  static constexpr auto kIntent = "record the visit";
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  static const std::vector<VisitRegion> kNone;
  const auto& all = state.errands ? state.errands->visits : kNone;
  const auto visit = std::ranges::find(all, command.visit_id, &VisitRegion::visit_id);
  if (const auto guard =
          context.guard("visit_unknown", visit == all.end(), [&] { return command.visit_id.value; }))
    return guard.refuse(kIntent, "the case has no visit '" + command.visit_id.value + "'");
  if (const auto guard = context.guard("visit_over", visit->over, [&] { return visit->visit_id.value; }))
    return guard.refuse(kIntent, "visit '" + command.visit_id.value + "' is over");
  Draft draft(state, context);
  draft.add(VisitCompleted{command.visit_id, command.result,
                           command.parts.value_or(std::vector<std::string>()), command.pii});
  draft.clear(TimerKind::visit_due, command.visit_id.value);
  return draft.take();
}

}  // namespace casetrail
