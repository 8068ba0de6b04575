// Reads and writes the commands of review.h.
#include "aggregates/commands/review.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(ReviewCommands family) { return codecs_of(family); }

}  // namespace casetrail
