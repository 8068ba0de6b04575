// The events of request.h.
#include "events/case/request.h"

#include "tests/support/trials/family_trials.h"

namespace casetrail {

template struct TrialsOf<RequestEvents>;

}  // namespace casetrail
