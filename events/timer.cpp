// Reads and writes the events of timer.h.
#include "events/timer.h"

#include "events/event.h"
#include "events/family_codec.h"

namespace casetrail {

template struct FamilyCodecs<EventKind, TimerEvents>;

}  // namespace casetrail
