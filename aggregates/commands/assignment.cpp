// Reads and writes the commands of assignment.h.
#include "aggregates/commands/assignment.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(AssignmentCommands family) { return codecs_of(family); }

}  // namespace casetrail
