// Every command to a case: the families, a line each. Slow to compile: include it only to decide every type.
#pragma once

#include "aggregates/case/approval/commands.h"
#include "aggregates/case/assignment/commands.h"
#include "aggregates/case/callback/commands.h"
#include "aggregates/case/command.h"
#include "aggregates/case/complaint/commands.h"
#include "aggregates/case/errand/commands.h"
#include "aggregates/case/handoff/commands.h"
#include "aggregates/case/import/commands.h"
#include "aggregates/case/notes/commands.h"
#include "aggregates/case/privacy/commands.h"
#include "aggregates/case/request/commands.h"
#include "aggregates/case/resolution/commands.h"
#include "aggregates/case/review/commands.h"
#include "aggregates/case/solution/commands.h"
#include "aggregates/case/timer/commands.h"
#include "aggregates/case/work/commands.h"
#include "events/wire/family.h"

namespace casetrail {

using AllCommands =
    JoinedFamily<RequestCommands, AssignmentCommands, WorkCommands, HandoffCommands, SolutionCommands,
                 CallbackCommands, ComplaintCommands, ReviewCommands, ResolutionCommands, NotesCommands,
                 ApprovalCommands, PrivacyCommands, TimerCommands, ErrandCommands, ImportCommands>;

}  // namespace casetrail
