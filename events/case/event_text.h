// What the events mean, for people.
#pragma once

#include <string_view>

#include "events/wire/type_text.h"

namespace casetrail {

/// Of the event type of that name. Requires: a type of `event_codecs()`.
[[nodiscard]] const TypeText& event_text(std::string_view type);

}  // namespace casetrail
