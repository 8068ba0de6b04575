// The events of callback.h.
#include "events/case/callback.h"

#include "tests/support/trials/family_trials.h"

namespace casetrail {

template struct TrialsOf<CallbackEvents>;

}  // namespace casetrail
