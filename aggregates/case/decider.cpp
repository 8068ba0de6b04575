// What every command goes through before its own rules, and the way to them.
#include "aggregates/case/decider.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "aggregates/case/all_commands.h"
#include "aggregates/case/code_check.h"
#include "aggregates/case/decide.h"
#include "aggregates/case/draft.h"

namespace casetrail {
namespace {

/// Facts from elsewhere are marked by who brings them, so that a case knows whether it ever lived here.
std::optional<Rejection> check_actor(const Context& context) {
  const bool imports = context.envelope.command.get_if<ImportFacts>() != nullptr;
  if (imports == (context.actor().kind == ActorKind::import_)) return std::nullopt;
  return imports
             ? refuse("not_authorized", "import facts", "the actor's kind is not 'import'").error()
             : refuse("not_authorized", "act on the case", "an actor of kind 'import' may only import facts")
                   .error();
}

/// The clocks of two senders may differ by so much.
constexpr auto kClockSkew = std::chrono::minutes{1};

/// The boards measure between the times that senders tell, so that none may lie before the case. A case of
/// the future was registered by a clock that was ahead, and takes what happens now.
std::optional<Rejection> check_time(const CaseState& state, const Context& context) {
  const bool tells_the_past = context.actor().kind == ActorKind::import_;
  const auto& opened = state.opened_at;
  if (!opened) return std::nullopt;
  const bool is_before =
      !tells_the_past && context.envelope.occurred_at < std::min(*opened, context.now) - kClockSkew;
  if (const auto guard = context.guard("occurred_before_case", is_before,
                                       [&] { return to_wire(context.envelope.occurred_at); })) {
    return guard
        .refuse("note what happened",
                "'occurred_at' is before the case was registered at " + to_wire(*opened))
        .error();
  }
  return std::nullopt;
}

/// The customer has judged the resolution, or their time to do so is over.
bool is_judged(const CaseState& state) {
  return state.resolution_accepted || !confirmation_window_open(state);
}

/// A resolved case that is judged is closed by the step that settles what kept it open.
void close_when_settled(const CaseState& before, std::vector<Event>& events, const Context& context) {
  if (is_judged(before) && closes_by_itself(before, context.policy)) return;
  auto state = before;
  take_in(state, events, context.envelope, context.now);
  if (!is_judged(state) || !closes_by_itself(state, context.policy, context.trace)) return;
  Draft draft(state, context);
  close(draft, state, closure_basis(state), std::nullopt);
  draw_review(draft, state, context.policy);
  std::ranges::move(draft.take(), std::back_inserter(events));
}

Decision decide_in(const CaseState& state, const Context& context) {
  const auto& envelope = context.envelope;
  // A case that lives here takes no import, wherever that expects it.
  const bool takes_none = state.lives_here && envelope.command.get_if<ImportFacts>() != nullptr;
  if (!takes_none && envelope.expected_seq) {
    const auto guard = context.guard("stale_version", *envelope.expected_seq != state.seq,
                                     [&] { return std::to_string(state.seq); });
    if (guard) {
      return guard.refuse("find the case at event " + std::to_string(*envelope.expected_seq),
                          "it is at " + std::to_string(state.seq));
    }
  }
  if (auto refusal = check_actor(context)) return std::unexpected(std::move(*refusal));
  if (auto refusal = check_time(state, context)) return std::unexpected(std::move(*refusal));
  auto decision = envelope.command.visit(
      AllCommands{}, [&](const auto& command) { return decide(state, command, context); });
  if (!decision || decision->empty()) return decision;
  if (auto refusal = check_codes(envelope.command, context.policy.catalogues))
    return std::unexpected(std::move(*refusal));
  if (state.status == CaseStatus::resolved && envelope.actor.kind != ActorKind::import_)
    close_when_settled(state, *decision, context);
  return decision;
}

}  // namespace

void take_in(CaseState& state, const std::vector<Event>& events, const CommandEnvelope& envelope,
             Timestamp now) {
  for (const auto& event : events) {
    CaseEvent record;
    record.case_id = envelope.case_id;
    record.seq = state.seq + 1;
    record.occurred_at = envelope.occurred_at;
    record.recorded_at = now;
    record.actor = envelope.actor;
    record.event = event;
    evolve(state, record);
  }
}

Decision decide(const CaseState& state, const CommandEnvelope& envelope, Timestamp now,
                const Policy& policy) {
  return decide_in(state, {envelope, now, policy});
}

Decision decide(const CaseState& state, const CommandEnvelope& envelope, Timestamp now, const Policy& policy,
                Trace& trace) {
  auto decision = decide_in(state, {envelope, now, policy, &trace});
  if (!decision && std::ranges::none_of(trace.guards(), &AskedGuard::bites))
    trace.asked({decision.error().code, true, {}});
  return decision;
}

}  // namespace casetrail
