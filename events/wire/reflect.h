// What the archives know of a field's type. A new kind of field is added here once, for all of them.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "events/wire/ids.h"
#include "events/wire/timestamp.h"

namespace casetrail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_map = false;
template <class V>
inline constexpr bool is_map<std::map<std::string, V>> = true;
template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;

/// JSON that passes through as it is: a message within a message.
struct RawJson {
  std::string text;
};

/// An enum whose names lie beside it: `constexpr auto enum_names(Colour) { return
/// std::to_array<std::string_view>({…}); }`, in the order of its enumerators, which count from 0 without
/// gaps.
template <class E>
concept NamedEnum = std::is_enum_v<E> && requires(E e) { enum_names(e).size(); };

template <NamedEnum E>
[[nodiscard]] constexpr std::string_view name_of(E value) {
  constexpr auto names = enum_names(E{});
  const auto index = static_cast<std::size_t>(value);
  return index < names.size() ? names[index] : std::string_view{"?"};
}

template <NamedEnum E>
[[nodiscard]] constexpr std::optional<E> enum_from(std::string_view name) {
  constexpr auto names = enum_names(E{});
  const auto* found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<E>(found - names.begin());
}

/// The names of an enum, as a sentence lists them: `a, b, c`.
template <NamedEnum E>
[[nodiscard]] std::string list_names() {
  std::string out;
  for (const auto name : enum_names(E{})) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

}  // namespace casetrail
