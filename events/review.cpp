// Reads and writes the events of review.h.
#include "events/review.h"

#include "events/event.h"
#include "events/family_codec.h"

namespace casetrail {

template struct FamilyCodecs<EventKind, ReviewEvents>;

}  // namespace casetrail
