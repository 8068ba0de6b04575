// The events of work.h.
#include "events/case/work.h"

#include "tests/support/trials/family_trials.h"

namespace casetrail {

template struct TrialsOf<WorkEvents>;

}  // namespace casetrail
