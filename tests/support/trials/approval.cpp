// The events of approval.h.
#include "events/case/approval.h"

#include "tests/support/trials/family_trials.h"

namespace casetrail {

template struct TrialsOf<ApprovalEvents>;

}  // namespace casetrail
