// Reads and writes the events of callback.h.
#include "events/callback.h"

#include "events/event.h"
#include "events/family_codec.h"

namespace casetrail {

template struct FamilyCodecs<EventKind, CallbackEvents>;

}  // namespace casetrail
