// Characters are counted as UTF-8's first bytes.
#include "events/wire/bounds.h"

#include <algorithm>

#include "events/wire/unicode.h"

namespace casetrail {
namespace {

std::size_t characters(std::string_view utf8) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::ranges::count_if(utf8, begins));
}

/// Beside tabs and ends of lines. The C1 characters are C2 80 to C2 9F.
bool has_control_character(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte >= ' ' && byte < 0x7F) continue;
    if (byte < ' ' ? std::string_view("\t\n\r").find(utf8[i]) == std::string_view::npos : byte == 0x7F)
      return true;
    const bool c1 = byte == 0xC2 && i + 1 < utf8.size() && static_cast<unsigned char>(utf8[i + 1]) < 0xA0;
    if (c1) return true;
  }
  return false;
}

bool has_hidden_character(std::string_view utf8) {
  while (!utf8.empty()) {
    if (utf8.front() >= ' ' && utf8.front() < 0x7F)
      utf8.remove_prefix(1);
    else if (is_hidden(take_character(utf8)))
      return true;
  }
  return false;
}

}  // namespace

bool is_name(std::string_view utf8) {
  return !utf8.empty() && characters(utf8) <= kLongestName && !has_hidden_character(utf8);
}

bool is_text(std::string_view utf8) { return !has_control_character(utf8); }

std::string name_bound(std::string_view utf8) {
  std::string bound(kNameBound);
  const auto length = characters(utf8);
  return length > kLongestName ? bound + ", but it has " + std::to_string(length) : bound;
}

std::optional<std::string> Bound::refuses(std::string_view utf8) const {
  const auto length = static_cast<std::int64_t>(characters(utf8));
  if (!most || length <= *most) return std::nullopt;
  return "text of at most " + std::to_string(*most) + " characters, but it has " + std::to_string(length);
}

std::optional<std::string> Bound::refuses(std::int64_t number) const {
  if (number >= least && (!most || number <= *most)) return std::nullopt;
  return "a whole number " +
         (most ? "from " + std::to_string(least) + " to " + std::to_string(*most)
               : "of at least " + std::to_string(least)) +
         ", but it is " + std::to_string(number);
}

}  // namespace casetrail
