// Codes of catalogues: lists of words, such as channels and reasons, that a company lengthens and shortens.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "events/wire/reflect.h"

namespace casetrail {

/// An enum of the codes that casetrail itself brings for a catalogue. `catalogue_name` lies beside it and
/// says how policies and schemas call the catalogue.
template <class E>
concept Catalogued = NamedEnum<E> && requires(E e) {
  { catalogue_name(e) } -> std::same_as<std::string_view>;
};

/// What makes a code, whatever catalogue has it: 1 to 48 of a-z, 0-9, '_' and '.'.
inline constexpr std::size_t kMostOfCode = 48;
[[nodiscard]] constexpr bool is_code_text(std::string_view text) {
  if (text.empty() || text.size() > kMostOfCode) return false;
  for (const char c : text) {
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '.') return false;
  }
  return true;
}
/// The same for a person, behind "expected".
inline constexpr std::string_view kCodeExpected = "a code of 1 to 48 of a-z, 0-9, '_' and '.'";

/// A code of the catalogue of `Known`: one of those, or one that only a policy has. Which of them may be used
/// is for the policy to say; what was recorded stays readable whatever it says later.
template <Catalogued Known>
class Code {
 public:
  using KnownCodes = Known;

  constexpr Code() : Code(Known{}) {}
  constexpr Code(Known known) : Code(name_of(known)) {}  // NOLINT(google-explicit-constructor)

  /// Nothing unless `is_code_text`.
  [[nodiscard]] static constexpr std::optional<Code> from(std::string_view text) {
    if (!is_code_text(text)) return std::nullopt;
    return Code(text);
  }

  [[nodiscard]] constexpr std::string_view text() const { return {text_.data(), size_}; }

  constexpr bool operator==(const Code&) const = default;

 private:
  explicit constexpr Code(std::string_view text) : size_(static_cast<unsigned char>(text.size())) {
    for (std::size_t i = 0; i < text.size(); ++i) text_[i] = text[i];
  }

  std::array<char, kMostOfCode> text_{};
  unsigned char size_;
};

template <class T>
inline constexpr bool is_code = false;
template <class Known>
inline constexpr bool is_code<Code<Known>> = true;

template <Catalogued Known>
[[nodiscard]] constexpr std::string_view name_of(const Code<Known>& code) {
  return code.text();
}

/// The value that a text of the wire names; nothing when it names none.
template <class Word>
[[nodiscard]] constexpr std::optional<Word> word_from(std::string_view text) {
  if constexpr (NamedEnum<Word>)
    return enum_from<Word>(text);
  else
    return Word::from(text);
}
/// What such a text has to be, behind "expected".
template <class Word>
[[nodiscard]] std::string expected_words() {
  if constexpr (NamedEnum<Word>)
    return "one of " + list_names<Word>();
  else
    return std::string(kCodeExpected);
}

/// A catalogue as casetrail brings it.
struct CatalogueType {
  std::string_view name;                    ///< `channel`
  std::span<const std::string_view> codes;  ///< that every company begins with
};

template <Catalogued Known>
[[nodiscard]] CatalogueType catalogue_type() {
  static constexpr auto kCodes = enum_names(Known{});
  return {catalogue_name(Known{}), kCodes};
}

}  // namespace casetrail
