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
std::optional<Rejection> check_actor(const CommandEnvelope& envelope) {
  const bool imports = envelope.command.get_if<ImportFacts>() != nullptr;
  if (imports == (envelope.actor.kind == ActorKind::import_)) return std::nullopt;
  return imports
             ? refuse("not_authorized", "import facts", "the actor's kind is not 'import'").error()
             : refuse("not_authorized", "act on the case", "an actor of kind 'import' may only import facts")
                   .error();
}

/// The clocks of two senders may differ by so much.
constexpr auto kClockSkew = std::chrono::minutes{1};

/// The boards measure between the times that senders tell, so that none may lie before the case. A case of
/// the future was registered by a clock that was ahead, and takes what happens now.
std::optional<Rejection> check_time(const CaseState& state, const CommandEnvelope& envelope, Timestamp now) {
  const bool tells_the_past = envelope.actor.kind == ActorKind::import_;
  const auto& opened = state.opened_at;
  if (tells_the_past || !opened || envelope.occurred_at >= std::min(*opened, now) - kClockSkew)
    return std::nullopt;
  return refuse("occurred_before_case", "note what happened",
                "'occurred_at' is before the case was registered at " + to_wire(*opened))
      .error();
}

/// A resolved case whose window is over is closed by the step that settles what kept it open.
void close_when_settled(const CaseState& before, std::vector<Event>& events, const CommandEnvelope& envelope,
                        Timestamp now, const Policy& policy) {
  // No step ends the window and settles the case at once.
  if (confirmation_window_open(before) || closes_by_itself(before, policy)) return;
  auto state = before;
  take_in(state, events, envelope, now);
  if (confirmation_window_open(state) || !closes_by_itself(state, policy)) return;
  Draft draft(state, now, policy);
  close(draft, state, closure_basis(state), std::nullopt);
  std::ranges::move(draft.take(), std::back_inserter(events));
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
  // A case that lives here takes no import, wherever that expects it.
  const bool takes_none = state.lives_here && envelope.command.get_if<ImportFacts>() != nullptr;
  if (!takes_none && envelope.expected_seq && *envelope.expected_seq != state.seq) {
    return refuse("stale_version", "find the case at event " + std::to_string(*envelope.expected_seq),
                  "it is at " + std::to_string(state.seq));
  }
  if (auto refusal = check_actor(envelope)) return std::unexpected(std::move(*refusal));
  if (auto refusal = check_time(state, envelope, now)) return std::unexpected(std::move(*refusal));
  const Context context{envelope, now, policy};
  auto decision = envelope.command.visit(
      AllCommands{}, [&](const auto& command) { return decide(state, command, context); });
  if (decision && !decision->empty()) {
    if (auto refusal = check_codes(envelope.command, policy.catalogues))
      return std::unexpected(std::move(*refusal));
  }
  if (decision && !decision->empty() && state.status == CaseStatus::resolved &&
      envelope.actor.kind != ActorKind::import_)
    close_when_settled(state, *decision, envelope, now, policy);
  return decision;
}

}  // namespace casetrail
