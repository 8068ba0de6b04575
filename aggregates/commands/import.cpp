// Reads and writes the commands of import.h.
#include "aggregates/commands/import.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(ImportCommands family) { return codecs_of(family); }

}  // namespace casetrail
