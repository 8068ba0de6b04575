// What a file is that is no CSV text in UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casetrail::imports {

/// Of UTF-8.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// What the beginning of a file tells of it, and what to do: `is UTF-16 (little endian): convert it first,
/// …`. `first_line` is all up to the first line end. Nothing when it may be CSV in UTF-8.
[[nodiscard]] std::optional<std::string> file_fault(std::string_view first_line);

}  // namespace casetrail::imports
