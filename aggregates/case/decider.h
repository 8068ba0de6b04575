// The heart: what a command may do to a case, and what an event makes of it. Pure: time and policy come in as
// arguments.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "aggregates/case/command.h"
#include "aggregates/case/state.h"
#include "aggregates/policy/policy.h"
#include "events/case/case_event.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// Why a command was refused.
struct Rejection {
  std::string code;      ///< stable, for programs: `stale_version`, `not_accepted`, …
  std::string sentence;  ///< for people: "Expected to X, but Y."
};

/// The events that a command leads to. An empty list: accepted, and there is nothing to do.
using Decision = std::expected<std::vector<Event>, Rejection>;

/// Decides `envelope` on `state` at partition time `now`. Never reads a clock, never asks about another case.
[[nodiscard]] Decision decide(const CaseState& state, const CommandEnvelope& envelope, Timestamp now,
                              const Policy& policy);

/// Decides the earliest timer of `state`, which is due at or before `now`. Never refused.
/// The events happened at the timer's due time and are recorded at `now`.
[[nodiscard]] std::vector<Event> fire_earliest_timer(const CaseState& state, Timestamp now,
                                                     const Policy& policy);

/// When the next timer of the case fires; nothing when none runs.
[[nodiscard]] std::optional<Timestamp> earliest_due(const CaseState& state);

/// Takes `event` into `state`. Cannot refuse, cannot decide; `event.seq` is `state.seq` + 1.
void evolve(CaseState& state, const CaseEvent& event);

}  // namespace casetrail
