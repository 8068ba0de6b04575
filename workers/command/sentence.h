// What an answer or a dead letter says, whatever the record held that it quotes.
#pragma once

#include <string>
#include <string_view>

#include "events/wire/unicode.h"
#include "events/wire/utf8.h"

namespace casetrail::command {

/// At most 1 KiB, and text that moves no cursor, whatever `quoted` holds.
[[nodiscard]] inline std::string as_sentence(std::string_view quoted) {
  return without_hidden(as_utf8(quoted, 1024));
}

}  // namespace casetrail::command
