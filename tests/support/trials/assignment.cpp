// The events of assignment.h.
#include "events/case/assignment.h"

#include "tests/support/trials/family_trials.h"

namespace casetrail {

template struct TrialsOf<AssignmentEvents>;

}  // namespace casetrail
