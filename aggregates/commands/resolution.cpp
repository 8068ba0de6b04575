// Reads and writes the commands of resolution.h.
#include "aggregates/commands/resolution.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(ResolutionCommands family) { return codecs_of(family); }

}  // namespace casetrail
