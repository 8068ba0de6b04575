// How long a name of a command may be, and of which characters its names and texts. For commands alone: an
// event is read as it was written. A text may be as long as its record.
#pragma once

#include <cstddef>
#include <string_view>

namespace casetrail {

inline constexpr std::size_t kLongestName = 200;  ///< characters of an id, a role, a badge, a reference

/// What stands in a sentence about what is no name, and no text.
inline constexpr std::string_view kNameBound = "1 to 200 characters without control characters";
inline constexpr std::string_view kTextBound = "text without control characters";

/// The same for JSON Schema, behind `"type":"string"`. Control characters are those of Unicode's category Cc;
/// a text may have tabs and ends of lines.
inline constexpr std::string_view kNameSchema =
    R"(,"minLength":1,"maxLength":200,"pattern":"^[^\\u0000-\\u001f\\u007f-\\u009f]*$")";
inline constexpr std::string_view kTextSchema =
    R"(,"pattern":"^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$")";

/// Requires: UTF-8.
[[nodiscard]] bool is_name(std::string_view utf8);
[[nodiscard]] bool is_text(std::string_view utf8);

}  // namespace casetrail
