// What may be done with a case now: each command, asked of `decide` itself before its fields are known.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "aggregates/case/trace.h"

namespace casetrail {

struct Action {
  std::string_view type;             ///< of the command: `handoff.request`
  std::optional<Rejection> refusal;  ///< whatever its fields say; nothing: it depends on them
};

/// Of every command of a case but the import of facts, in the order of `AllCommands`. What only an agent of
/// some role or department may do is told when `actor` is one; without an actor it is allowed.
[[nodiscard]] std::vector<Action> actions_of(const CaseState& state, const std::optional<Actor>& actor,
                                             Timestamp now, const Policy& policy);

/// What stands in the way of one of them, and the guards that were asked.
struct AskedAction {
  Action action;
  Trace trace;
};

/// As `actions_of`; nothing when there is no such action.
[[nodiscard]] std::optional<AskedAction> ask_action(std::string_view type, const CaseState& state,
                                                    const std::optional<Actor>& actor, Timestamp now,
                                                    const Policy& policy);

}  // namespace casetrail
