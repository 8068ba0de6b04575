// The events of handoff.h.
#include "events/case/handoff.h"

#include "tests/support/trials/family_trials.h"

namespace casetrail {

template struct TrialsOf<HandoffEvents>;

}  // namespace casetrail
