// Categories, clusters and widths; nothing here depends on a locale.
#include "events/wire/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace casetrail {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kEmptyBraille = 0x2800;
constexpr char32_t kNonJoiner = 0x200C;
constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kEmojiStyle = 0xFE0F;

constexpr auto kPlainForms = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);
constexpr std::size_t kLongestPlainForm = 18;  ///< characters that one may stand for in compatibility forms

const utf8proc_property_t& property_of(char32_t character) {
  return *utf8proc_get_property(static_cast<utf8proc_int32_t>(character));
}

std::size_t width_of(char32_t character) {
  return static_cast<std::size_t>(utf8proc_charwidth(static_cast<utf8proc_int32_t>(character)));
}

}  // namespace

char32_t take_character(std::string_view& text) {
  utf8proc_int32_t point = 0;
  const auto used = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                     static_cast<utf8proc_ssize_t>(text.size()), &point);
  text.remove_prefix(used > 0 ? static_cast<std::size_t>(used) : 1);
  return used > 0 ? static_cast<char32_t>(point) : kReplacement;
}

std::size_t digits_of(char32_t character) {
  const auto category = property_of(character).category;
  if (category == UTF8PROC_CATEGORY_ND) return 1;
  if (category != UTF8PROC_CATEGORY_NO) return 0;
  std::array<utf8proc_int32_t, kLongestPlainForm> plain{};
  int boundary = 0;
  const auto size = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(character), plain.data(),
                                            plain.size(), kPlainForms, &boundary);
  const auto end = plain.begin() + std::clamp<std::ptrdiff_t>(size, 0, std::ssize(plain));
  const auto is_decimal = [](auto point) {
    return property_of(static_cast<char32_t>(point)).category == UTF8PROC_CATEGORY_ND;
  };
  return std::max<std::size_t>(1, static_cast<std::size_t>(std::count_if(plain.begin(), end, is_decimal)));
}

bool is_format(char32_t character) { return property_of(character).category == UTF8PROC_CATEGORY_CF; }

bool is_visible(std::string_view text) {
  while (!text.empty()) {
    const auto character = take_character(text);
    const auto& property = property_of(character);
    const bool space = property.category >= UTF8PROC_CATEGORY_ZS && property.category <= UTF8PROC_CATEGORY_ZP;
    const bool control = property.category >= UTF8PROC_CATEGORY_CC;
    if (!space && !control && !property.ignorable && character != kEmptyBraille) return true;
  }
  return false;
}

bool is_letter(char32_t character) {
  const auto category = property_of(character).category;
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

bool is_between_words(char32_t character) {
  const auto category = property_of(character).category;
  return category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_ZP;
}

bool is_hidden(char32_t character) {
  switch (property_of(character).category) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return true;
    case UTF8PROC_CATEGORY_CF:
      return width_of(character) == 0 && character != kJoiner && character != kNonJoiner;
    default: return false;
  }
}

std::string without_hidden(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    auto rest = text;
    const auto character = take_character(rest);
    const auto bytes = text.substr(0, text.size() - rest.size());
    if (is_hidden(character)) {
      shown += ' ';
    } else if (character == kReplacement) {
      shown += "\xEF\xBF\xBD";
    } else {
      shown += bytes;
    }
    text = rest;
  }
  return shown;
}

std::string plain_forms(std::string_view text) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
      &mapped, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) return std::string(text);
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
}

std::size_t first_cluster(std::string_view text) {
  auto rest = text;
  auto last = take_character(rest);
  utf8proc_int32_t state = 0;
  while (!rest.empty()) {
    auto behind = rest;
    const auto next = take_character(behind);
    if (utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(last),
                                         static_cast<utf8proc_int32_t>(next), &state))
      break;
    last = next;
    rest = behind;
  }
  return text.size() - rest.size();
}

std::size_t cluster_width(std::string_view cluster) {
  std::size_t width = 0;
  bool pictures = false;
  int flags = 0;
  while (!cluster.empty()) {
    const auto character = take_character(cluster);
    const auto boundary = property_of(character).boundclass;
    if (boundary == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC) pictures = true;
    if (boundary == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR) ++flags;
    width = std::max(width, width_of(character));
    if (flags == 2 || (pictures && character == kEmojiStyle)) width = 2;
  }
  return width;
}

}  // namespace casetrail
