// What a message type and its fields mean, in English and in Chinese. Included by the families' own source
// files and by who explains the types to people.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

namespace casetrail {

struct TypeText;

struct FieldText {
  std::string_view name{};         ///< as on the wire
  std::string_view en{};           ///< what it means
  std::string_view zh{};           ///< its label
  const TypeText* part = nullptr;  ///< of a struct, also one in a list: the text of its own fields
};

struct TypeText {
  static constexpr std::size_t kMostFields = 14;

  std::string_view en{};           ///< a sentence: what a command asks for, what an event says
  std::string_view zh{};           ///< the same
  FieldText field[kMostFields]{};  ///< each of the type, in its order; the rest has no names

  [[nodiscard]] constexpr std::span<const FieldText> fields() const {
    return {field, std::ranges::find(field, std::string_view{}, &FieldText::name)};
  }
};

/// Of a message. Specialised where its family is compiled, so that a word more compiles one file.
template <class T>
inline constexpr TypeText kText{};

/// `kText<T>` with `T` forgotten; defined where the family of `T` is compiled.
template <class Kind, class T>
struct TextOf {
  static const TypeText value;
};

}  // namespace casetrail
