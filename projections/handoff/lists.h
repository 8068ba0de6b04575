// Where an open handoff stands in lists.
#pragma once

#include <optional>
#include <string>

#include "projections/handoff/rows.h"
#include "projections/kit/lists.h"

namespace casetrail::handoff {

/// The promise that runs: to accept, then to complete. None while the giving side has it again.
[[nodiscard]] std::optional<Timestamp> due(const OpenRow& open);

/// Of all whose promise runs, by `due`.
[[nodiscard]] kit::List due_list();
/// Of all that wait to be accepted, by when they began to.
[[nodiscard]] kit::List pending_list();

/// The board's order: who waits longest is first.
[[nodiscard]] std::string order_of_row(const OpenRow& open);
[[nodiscard]] kit::Places places_of(const OpenRow& open, const CaseRow& of_case);

}  // namespace casetrail::handoff
