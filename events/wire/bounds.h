// How long the names of a command may be, of which characters its names and texts, and what else is refused
// of its fields. For commands alone: an event is read as it was written. Prose may be as long as its record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace casetrail {

inline constexpr std::size_t kLongestName = 200;    ///< characters of an id, a role, a badge, a reference
inline constexpr std::size_t kLongestSource = 512;  ///< characters of a CloudEvent's source, which is a URI

/// What stands in a sentence about what is no name, and no text. Of a name, those that turn the direction of
/// writing or have no look are control characters, too: two names must not look alike.
inline constexpr std::string_view kNameBound = "1 to 200 characters without control characters";
inline constexpr std::string_view kTextBound = "text without control characters";

/// The same for JSON Schema, behind `"type":"string"`. Control characters are those of Unicode's category Cc;
/// a text may have tabs and ends of lines.
inline constexpr std::string_view kNameSchema =
    R"(,"minLength":1,"maxLength":200,"pattern":"^[^\\u0000-\\u001f\\u007f-\\u009f\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]*$")";
inline constexpr std::string_view kTextSchema =
    R"(,"pattern":"^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$")";

/// Requires: UTF-8.
[[nodiscard]] bool is_name(std::string_view utf8);
[[nodiscard]] bool is_text(std::string_view utf8);

/// What a name has to be, as a sentence has it: `kNameBound`, and how long `utf8` is where that is the fault.
[[nodiscard]] std::string name_bound(std::string_view utf8);

/// What of a field is refused beyond its type: a number outside of `least` to `most`; a text or a list that
/// is shorter than `least`; a text, on its own or in a list, of more than `most` characters.
struct Bound {
  std::string_view field;  ///< `serial_no`; of an object within, also one in a list: `pii.name`
  std::int64_t least = 1;
  std::optional<std::int64_t> most{};

  /// What a text has to be, as a sentence has it; nothing when `utf8` is not too long.
  [[nodiscard]] std::optional<std::string> refuses(std::string_view utf8) const;
  /// The same of a number; nothing when it is within.
  [[nodiscard]] std::optional<std::string> refuses(std::int64_t number) const;
};

/// Of a text that is a name or a number of something and may be empty.
constexpr Bound short_text(std::string_view field, std::int64_t least = 0) {
  return {field, least, std::int64_t{kLongestName}};
}

/// Of a message. Specialised where its family is compiled, so that a bound more compiles one file.
template <class T>
inline constexpr std::span<const Bound> kBounds{};

}  // namespace casetrail
