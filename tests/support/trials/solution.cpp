// The events of solution.h.
#include "events/case/solution.h"

#include "tests/support/trials/family_trials.h"

namespace casetrail {

template struct TrialsOf<SolutionEvents>;

}  // namespace casetrail
