// The table of all events.
#include "events/case/event.h"

#include "events/case/all_events.h"
#include "events/case/event_text.h"
#include "events/wire/type_table.h"

namespace casetrail {
namespace {

const TypeTable<EventKind>& table() {
  static const TypeTable<EventKind> instance{AllEvents{}};
  return instance;
}

}  // namespace

const std::vector<const TypeCodec*>& event_codecs() { return table().all(); }

const TypeCodec* find_event_codec(std::string_view type) { return table().find(type); }

const TypeText& event_text(std::string_view type) { return table().text_of(type); }

std::expected<Event, DecodeError> decode_event(std::string_view type, int version, std::string_view json) {
  return table().decode(type, version, json);
}

}  // namespace casetrail
