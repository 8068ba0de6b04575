// Reads and writes the events of assignment.h.
#include "events/assignment.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(AssignmentEvents family) { return codecs_of(family); }

}  // namespace casetrail
