// Text as a terminal shows it: how wide it is, where it is cut and where it breaks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace casetrail::cli {

/// The columns that answers may fill: those of COLUMNS where it is set, else of the terminal on stdout,
/// else 80.
[[nodiscard]] std::size_t terminal_width();

/// Whether stdout is a terminal that shows colours, and nobody set NO_COLOR.
[[nodiscard]] bool shows_colours();

/// The columns that `text` takes: two for East Asian wide characters, none for combining ones.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// `text`, or its beginning and `…` where it is wider than `width`.
[[nodiscard]] std::string cut_to_width(std::string_view text, std::size_t width);

/// `text` with spaces for line breaks and control characters: what somebody wrote moves no cursor.
[[nodiscard]] std::string on_one_line(std::string_view text);

/// `json` as it is, or, where stdout is a terminal, with escapes for the characters that would move its
/// cursor.
[[nodiscard]] std::string json_for_stdout(std::string json);

/// `json` with escapes for hidden characters: the same value.
[[nodiscard]] std::string with_escapes(std::string_view json);

/// `text` in lines of at most `width` columns, broken at spaces, and within a word only where it is wider
/// than that. 0: one line.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// The same, with a line end behind each.
[[nodiscard]] std::string in_lines(std::string_view text, std::size_t width);

}  // namespace casetrail::cli
