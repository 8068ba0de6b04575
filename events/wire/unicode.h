// What the Unicode standard says of characters, by utf8proc, which stays behind this file.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace casetrail {

/// Takes the first character off `text`, which is not empty; a byte that is no UTF-8 counts as U+FFFD.
[[nodiscard]] char32_t take_character(std::string_view& text);

/// How many decimal digits it stands for: one of every script (category Nd), those of the plain form of
/// another number (No: `①`, `⁸`, `⑬`), one where that has none (`❶`); 0: it is no digit.
[[nodiscard]] std::size_t digits_of(char32_t character);
[[nodiscard]] inline bool is_digit(char32_t character) { return digits_of(character) > 0; }

/// Format characters (category Cf): joiners, soft hyphens, bidirectional controls, which stand within a word.
[[nodiscard]] bool is_format(char32_t character);

/// Whether anything of `text` can be seen: neither spaces, nor controls, nor fillers such as U+3164.
[[nodiscard]] bool is_visible(std::string_view text);

/// Letters and marks of every script (categories L and M).
[[nodiscard]] bool is_letter(char32_t character);

/// Punctuation, symbols and spaces of every script (categories P, S and Z).
[[nodiscard]] bool is_between_words(char32_t character);

/// Whatever has no look of its own and may move or reorder what stands around it: control characters, line
/// and paragraph separators, bidirectional controls, byte order marks. Joiners are not hidden.
[[nodiscard]] bool is_hidden(char32_t character);

/// `text` with a space for each hidden character and U+FFFD for each byte that is no UTF-8.
[[nodiscard]] std::string without_hidden(std::string_view text);

/// `text` with fullwidth and other compatibility forms as the plain ones (NFKC): `１３８＠` is `138@`.
[[nodiscard]] std::string plain_forms(std::string_view text);

/// Bytes of the first character as a reader sees it: a base with its marks, an emoji with what is joined to
/// it. `text` is not empty.
[[nodiscard]] std::size_t first_cluster(std::string_view text);

/// The columns that a cluster takes on a terminal: two for East Asian wide characters and emoji.
[[nodiscard]] std::size_t cluster_width(std::string_view cluster);

}  // namespace casetrail
