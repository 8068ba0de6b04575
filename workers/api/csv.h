// Answers as files for a spreadsheet (RFC 4180).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace casetrail::api {

inline constexpr std::string_view kCsvType = "text/csv; charset=utf-8";

/// Appends a line of the file. A text that a spreadsheet would take for a formula gets `'` before it.
void append_csv(const std::vector<std::string>& cells, std::string& out);

}  // namespace casetrail::api
