// The events of review.h.
#include "events/case/review.h"

#include "tests/support/trials/family_trials.h"

namespace casetrail {

template struct TrialsOf<ReviewEvents>;

}  // namespace casetrail
