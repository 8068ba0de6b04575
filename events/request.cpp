// Reads and writes the events of request.h.
#include "events/request.h"

#include "events/event.h"
#include "events/family_codec.h"

namespace casetrail {

template struct FamilyCodecs<EventKind, RequestEvents>;

}  // namespace casetrail
