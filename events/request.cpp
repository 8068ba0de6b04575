// Reads and writes the events of request.h.
#include "events/request.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(RequestEvents family) { return codecs_of(family); }

}  // namespace casetrail
