// Reads and writes the events of handoff.h.
#include "events/handoff.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(HandoffEvents family) { return codecs_of(family); }

}  // namespace casetrail
