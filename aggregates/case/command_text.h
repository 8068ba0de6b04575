// What the commands mean, for people.
#pragma once

#include <string_view>

#include "events/wire/type_text.h"

namespace casetrail {

/// Of the command type of that name. Requires: a type of `command_codecs()`.
[[nodiscard]] const TypeText& command_text(std::string_view type);

}  // namespace casetrail
