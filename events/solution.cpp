// Reads and writes the events of solution.h.
#include "events/solution.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(SolutionEvents family) { return codecs_of(family); }

}  // namespace casetrail
