// Well-formed UTF-8 as table 3-7 of the Unicode standard has it.
#include "workers/command/sentence.h"

#include <algorithm>

namespace casetrail {
namespace {

constexpr std::size_t kLongest = 1024;
constexpr std::string_view kReplacement = "\xef\xbf\xbd";

bool lies_in(char c, unsigned char first, unsigned char last) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= first && byte <= last;
}

/// Of the second byte only: the others always go from 80 to BF.
bool may_follow(char lead, char second) {
  switch (static_cast<unsigned char>(lead)) {
    case 0xe0: return lies_in(second, 0xa0, 0xbf);
    case 0xed: return lies_in(second, 0x80, 0x9f);
    case 0xf0: return lies_in(second, 0x90, 0xbf);
    case 0xf4: return lies_in(second, 0x80, 0x8f);
    default: return lies_in(second, 0x80, 0xbf);
  }
}

std::size_t length_by(char lead) {
  if (lies_in(lead, 0x00, 0x7f)) return 1;
  if (lies_in(lead, 0xc2, 0xdf)) return 2;
  if (lies_in(lead, 0xe0, 0xef)) return 3;
  return lies_in(lead, 0xf0, 0xf4) ? 4 : 0;
}

/// The first character of `text`; empty when there is no well-formed one.
std::string_view first_character(std::string_view text) {
  const auto length = length_by(text.front());
  if (length == 0 || length > text.size()) return {};
  if (length > 1 && !may_follow(text[0], text[1])) return {};
  const auto rest = text.substr(0, length).substr(std::min<std::size_t>(length, 2));
  if (!std::ranges::all_of(rest, [](char c) { return lies_in(c, 0x80, 0xbf); })) return {};
  return text.substr(0, length);
}

}  // namespace

std::string as_sentence(std::string_view text) {
  std::string sentence;
  while (!text.empty()) {
    const auto found = first_character(text);
    const auto character = found.empty() ? kReplacement : found;
    if (sentence.size() + character.size() > kLongest) break;
    sentence += character;
    text.remove_prefix(std::max<std::size_t>(found.size(), 1));
  }
  return sentence;
}

}  // namespace casetrail
