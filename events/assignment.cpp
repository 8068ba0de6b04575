// Reads and writes the events of assignment.h.
#include "events/assignment.h"

#include "events/event.h"
#include "events/family_codec.h"

namespace casetrail {

template struct FamilyCodecs<EventKind, AssignmentEvents>;

}  // namespace casetrail
