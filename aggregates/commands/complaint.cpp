// Reads and writes the commands of complaint.h.
#include "aggregates/commands/complaint.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(ComplaintCommands family) { return codecs_of(family); }

}  // namespace casetrail
