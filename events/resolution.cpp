// Reads and writes the events of resolution.h.
#include "events/resolution.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(ResolutionEvents family) { return codecs_of(family); }

}  // namespace casetrail
