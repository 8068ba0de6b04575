// Reads and writes the commands of handoff.h.
#include "aggregates/commands/handoff.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(HandoffCommands family) { return codecs_of(family); }

}  // namespace casetrail
