// Reads and writes the commands of solution.h.
#include "aggregates/commands/solution.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(SolutionCommands family) { return codecs_of(family); }

}  // namespace casetrail
