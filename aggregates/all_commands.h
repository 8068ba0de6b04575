// Every command to a case: the families, a line each. Only who decides them all includes this.
#pragma once

#include "aggregates/command.h"
#include "aggregates/commands/assignment.h"
#include "aggregates/commands/callback.h"
#include "aggregates/commands/complaint.h"
#include "aggregates/commands/handoff.h"
#include "aggregates/commands/import.h"
#include "aggregates/commands/request.h"
#include "aggregates/commands/resolution.h"
#include "aggregates/commands/review.h"
#include "aggregates/commands/solution.h"
#include "aggregates/commands/work.h"
#include "events/family.h"

namespace casetrail {

using AllCommands =
    JoinedFamily<RequestCommands, AssignmentCommands, WorkCommands, HandoffCommands, SolutionCommands,
                 CallbackCommands, ComplaintCommands, ReviewCommands, ResolutionCommands, ImportCommands>;

}  // namespace casetrail
