// Reads and writes the events of callback.h.
#include "events/callback.h"

#include "events/family_codec.h"

namespace casetrail {

std::span<const TypeCodec> codecs(CallbackEvents family) { return codecs_of(family); }

}  // namespace casetrail
