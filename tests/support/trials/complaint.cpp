// The events of complaint.h.
#include "events/case/complaint.h"

#include "tests/support/trials/family_trials.h"

namespace casetrail {

template struct TrialsOf<ComplaintEvents>;

}  // namespace casetrail
