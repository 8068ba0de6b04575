// Reads and writes the events of work.h.
#include "events/work.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(WorkEvents family) { return codecs_of(family); }

}  // namespace casetrail
