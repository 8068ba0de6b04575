// Reads and writes the commands of callback.h.
#include "aggregates/commands/callback.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(CallbackCommands family) { return codecs_of(family); }

}  // namespace casetrail
