// Reads and writes the events of complaint.h.
#include "events/complaint.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(ComplaintEvents family) { return codecs_of(family); }

}  // namespace casetrail
