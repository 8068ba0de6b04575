// An event as flat fields, and what it speaks of: what formats without nesting are made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/case/case_event.h"
#include "workers/export/database.h"

namespace casetrail::exports {

enum class FieldKind { text, whole, number, flag, moment };

struct Field {
  std::string path;  ///< `from.department_id`
  FieldKind kind{};
  Value value;  ///< of a moment, its wire form; of a list, its JSON; none: absent
};

/// A thing that has a life beside the event.
struct Mention {
  std::string_view type;  ///< `agent`, `department`, `handoff`, …
  std::string id;         ///< of the type
  std::string role;  ///< what it is to the event: the path of the field, without its last `_id` or `_ref`
};

struct FlatEvent {
  std::vector<Field> fields;  ///< all that the type has, in its order, absent ones too
  std::vector<Mention> mentions;
};

/// What the event's own fields say. What lives within a case is called `<case id>/h1`.
[[nodiscard]] FlatEvent flatten(const CaseId& case_id, const Event& event);

/// Every field that events of a type may have, without values.
[[nodiscard]] std::vector<Field> fields_of(std::string_view type);

/// In the order of `AllEvents`.
[[nodiscard]] std::vector<std::string_view> event_types();

}  // namespace casetrail::exports
