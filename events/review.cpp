// Reads and writes the events of review.h.
#include "events/review.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(ReviewEvents family) { return codecs_of(family); }

}  // namespace casetrail
