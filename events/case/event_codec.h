// Makes the codecs of a family of events. Included by the family's own source file alone.
#pragma once

#include "events/case/event.h"
#include "events/wire/family_codec.h"

namespace casetrail {

template <class T>
constinit const TypeCodec CodecOf<EventKind, T>::value = codec_for<EventKind, T>();

}  // namespace casetrail
