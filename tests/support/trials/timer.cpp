// The events of timer.h.
#include "events/case/timer.h"

#include "tests/support/trials/family_trials.h"

namespace casetrail {

template struct TrialsOf<TimerEvents>;

}  // namespace casetrail
