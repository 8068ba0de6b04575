// Reads and writes the events of complaint.h.
#include "events/complaint.h"

#include "events/event.h"
#include "events/family_codec.h"

namespace casetrail {

template struct FamilyCodecs<EventKind, ComplaintEvents>;

}  // namespace casetrail
