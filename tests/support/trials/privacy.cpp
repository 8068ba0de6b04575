// The events of privacy.h.
#include "events/case/privacy.h"

#include "tests/support/trials/family_trials.h"

namespace casetrail {

template struct TrialsOf<PrivacyEvents>;

}  // namespace casetrail
