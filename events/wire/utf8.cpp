// Text out of bytes; simdjson judges what is well formed (table 3-7 of the Unicode standard).
#include "events/wire/utf8.h"

#include <algorithm>

#include "events/wire/json_reader.h"

namespace casetrail {
namespace {

constexpr std::string_view kReplacementText = "\xef\xbf\xbd";
constexpr std::size_t kLongestCharacter = 4;

/// The first character of `text`; empty when there is no well-formed one.
std::string_view first_character(std::string_view text) {
  for (std::size_t length = 1; length <= std::min(kLongestCharacter, text.size()); ++length) {
    if (is_utf8(text.substr(0, length))) return text.substr(0, length);
  }
  return {};
}

}  // namespace

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text); }

std::string as_utf8(std::string_view bytes, std::size_t most) {
  if (bytes.size() <= most && is_utf8(bytes)) return std::string(bytes);
  std::string text;
  while (!bytes.empty()) {
    const auto found = first_character(bytes);
    const auto character = found.empty() ? kReplacementText : found;
    if (text.size() + character.size() > most) break;
    text += character;
    bytes.remove_prefix(std::max<std::size_t>(found.size(), 1));
  }
  return text;
}

}  // namespace casetrail
