// Reads and writes the events of resolution.h.
#include "events/resolution.h"

#include "events/event.h"
#include "events/family_codec.h"

namespace casetrail {

template struct FamilyCodecs<EventKind, ResolutionEvents>;

}  // namespace casetrail
