// Reads and writes the events of handoff.h.
#include "events/handoff.h"

#include "events/event.h"
#include "events/family_codec.h"

namespace casetrail {

template struct FamilyCodecs<EventKind, HandoffEvents>;

}  // namespace casetrail
