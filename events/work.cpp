// Reads and writes the events of work.h.
#include "events/work.h"

#include "events/event.h"
#include "events/family_codec.h"

namespace casetrail {

template struct FamilyCodecs<EventKind, WorkEvents>;

}  // namespace casetrail
