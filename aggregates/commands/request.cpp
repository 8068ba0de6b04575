// Reads and writes the commands of request.h.
#include "aggregates/commands/request.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(RequestCommands family) { return codecs_of(family); }

}  // namespace casetrail
