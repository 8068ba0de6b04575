// Numbers of orders and items, which people read out, type off a label or copy.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "events/wire/letter_case.h"
#include "events/wire/unicode.h"

namespace casetrail::kit {

/// In one spelling: capitals, without spaces, hyphens and dashes. Fullwidth forms count as the plain ones.
[[nodiscard]] inline std::string plain_item_number(std::string_view number) {
  constexpr std::string_view kDashes[] = {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"};
  auto text = plain_forms(number);
  for (const auto dash : kDashes) {
    for (auto at = text.find(dash); at != std::string::npos; at = text.find(dash, at))
      text.erase(at, dash.size());
  }
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '-'; });
  std::ranges::transform(text, text.begin(), upper);
  return text;
}
[[nodiscard]] inline std::optional<std::string> plain_item_number(const std::optional<std::string>& number) {
  return number ? std::optional(plain_item_number(std::string_view(*number))) : std::nullopt;
}

}  // namespace casetrail::kit
