// The events of errand.h.
#include "events/case/errand.h"

#include "tests/support/trials/family_trials.h"

namespace casetrail {

template struct TrialsOf<ErrandEvents>;

}  // namespace casetrail
