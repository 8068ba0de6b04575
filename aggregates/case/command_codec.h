// Makes the codecs of a family of commands, which are read strictly. Included by the family's own source file
// alone.
#pragma once

#include "aggregates/case/command.h"
#include "events/wire/family_codec.h"

namespace casetrail {

/// A misspelt member that is passed over makes another wish of it.
template <>
inline constexpr Strictness kStrictnessOf<CommandKind> = Strictness::strict;

template <class T>
constinit const TypeCodec CodecOf<CommandKind, T>::value = codec_for<CommandKind, T>();

}  // namespace casetrail
