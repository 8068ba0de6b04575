// Reads and writes the events of solution.h.
#include "events/solution.h"

#include "events/event.h"
#include "events/family_codec.h"

namespace casetrail {

template struct FamilyCodecs<EventKind, SolutionEvents>;

}  // namespace casetrail
