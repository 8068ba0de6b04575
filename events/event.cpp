// The table of all events.
#include "events/event.h"

#include "events/variant_codec.h"

namespace casetrail {
namespace {

using EventCodec =
    VariantCodec<Event, RequestEvents, AssignmentEvents, WorkEvents, HandoffEvents, SolutionEvents,
                 CallbackEvents, ComplaintEvents, ReviewEvents, ResolutionEvents, TimerEvents>;

const EventCodec& codec() {
  static const EventCodec instance;
  return instance;
}

}  // namespace

const std::vector<TypeCodec>& event_codecs() { return codec().all(); }

const TypeCodec* find_event_codec(std::string_view type) { return codec().find(type); }

std::expected<Event, DecodeError> decode_event(std::string_view type, int version, std::string_view json) {
  return codec().decode(type, version, json);
}

}  // namespace casetrail
