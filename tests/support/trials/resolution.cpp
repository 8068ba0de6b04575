// The events of resolution.h.
#include "events/case/resolution.h"

#include "tests/support/trials/family_trials.h"

namespace casetrail {

template struct TrialsOf<ResolutionEvents>;

}  // namespace casetrail
