// Every event of a case: the families, a line each. Only who folds them all includes this.
#pragma once

#include "events/assignment.h"
#include "events/callback.h"
#include "events/complaint.h"
#include "events/event.h"
#include "events/family.h"
#include "events/handoff.h"
#include "events/request.h"
#include "events/resolution.h"
#include "events/review.h"
#include "events/solution.h"
#include "events/timer.h"
#include "events/work.h"

namespace casetrail {

using AllEvents = JoinedFamily<RequestEvents, AssignmentEvents, WorkEvents, HandoffEvents, SolutionEvents,
                               CallbackEvents, ComplaintEvents, ReviewEvents, ResolutionEvents, TimerEvents>;

}  // namespace casetrail
