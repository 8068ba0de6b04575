// Any event of a case.
#pragma once

#include <expected>
#include <string_view>
#include <vector>

#include "events/wire/any_of.h"

namespace casetrail {

struct EventKind;
using Event = AnyOf<EventKind>;

/// Defined in event_codec.h, so that a source file of another kind cannot make it.
template <class T>
struct CodecOf<EventKind, T> {
  static const TypeCodec value;
};

/// The codecs of all events, in the order of `AllEvents`.
[[nodiscard]] const std::vector<const TypeCodec*>& event_codecs();

/// The codec of a type name; null when this binary does not know it.
[[nodiscard]] const TypeCodec* find_event_codec(std::string_view type);

/// Makes the event of this type name (`handoff.requested`) from `json` of this `version`, upcasting older
/// ones.
[[nodiscard]] std::expected<Event, DecodeError> decode_event(std::string_view type, int version,
                                                             std::string_view json);

}  // namespace casetrail
