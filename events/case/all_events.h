// Every event of a case: the families, a line each. Only who folds them all includes this.
#pragma once

#include "events/case/approval.h"
#include "events/case/assignment.h"
#include "events/case/callback.h"
#include "events/case/complaint.h"
#include "events/case/errand.h"
#include "events/case/event.h"
#include "events/case/handoff.h"
#include "events/case/notes.h"
#include "events/case/privacy.h"
#include "events/case/request.h"
#include "events/case/resolution.h"
#include "events/case/review.h"
#include "events/case/solution.h"
#include "events/case/timer.h"
#include "events/case/work.h"
#include "events/wire/family.h"

namespace casetrail {

using AllEvents = JoinedFamily<RequestEvents, AssignmentEvents, WorkEvents, HandoffEvents, SolutionEvents,
                               CallbackEvents, ComplaintEvents, ReviewEvents, ResolutionEvents, TimerEvents,
                               NotesEvents, ApprovalEvents, PrivacyEvents, ErrandEvents>;

}  // namespace casetrail
