// Reads and writes the commands of work.h.
#include "aggregates/commands/work.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(WorkCommands family) { return codecs_of(family); }

}  // namespace casetrail
