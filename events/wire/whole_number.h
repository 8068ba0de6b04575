// Whole numbers in text, read the same way wherever they stand.
#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>

namespace casetrail {

/// The decimal number that the whole of `text` is; nothing when it is none or does not fit into `T`. No `+`,
/// no spaces, `-` for signed types alone.
template <std::integral T>
[[nodiscard]] std::optional<T> whole_number(std::string_view text) {
  T number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace casetrail
