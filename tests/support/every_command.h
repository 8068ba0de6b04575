// Three small cases in which every type of command is accepted and leads to events.
#pragma once

#include <vector>

#include "aggregates/case/command.h"

namespace casetrail {

/// In this order, at the partition time `now`, by the default policy. Ids are `step-1`, `step-2`, …; those of
/// imports begin with `import:`. What happened, happened at `now`.
[[nodiscard]] std::vector<CommandEnvelope> story_of_every_command(Timestamp now);

}  // namespace casetrail
