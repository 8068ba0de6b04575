// Reads and writes the events of timer.h.
#include "events/timer.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(TimerEvents family) { return codecs_of(family); }

}  // namespace casetrail
