// Lines of a file for a spreadsheet (RFC 4180).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace casetrail {

inline constexpr std::string_view kCsvType = "text/csv; charset=utf-8";
inline constexpr std::string_view kCsvLineEnd = "\r\n";

/// Appends a cell of the file's last line, in quotes; what ends with a line goes on with the next one.
void append_csv_cell(std::string_view cell, std::string& file);

/// A text that a spreadsheet would take for a formula gets `'` before it.
[[nodiscard]] std::string csv_text(std::string_view text);

/// Appends a line of such texts.
void append_csv(const std::vector<std::string>& texts, std::string& file);

}  // namespace casetrail
