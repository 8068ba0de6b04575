// Quoted by libcsv.
#include "events/wire/csv_line.h"

#include <csv.h>

namespace casetrail {

void append_csv_cell(std::string_view cell, std::string& file) {
  if (!file.empty() && !file.ends_with(kCsvLineEnd)) file += ',';
  const auto at = file.size();
  file.resize(at + csv_write(nullptr, 0, cell.data(), cell.size()));
  (void)csv_write(file.data() + at, file.size() - at, cell.data(), cell.size());
}

std::string csv_text(std::string_view text) {
  static constexpr std::string_view kFormula = "=+-@\t\r";
  const bool is_formula = !text.empty() && kFormula.contains(text.front());
  return std::string(is_formula ? "'" : "").append(text);
}

void append_csv(const std::vector<std::string>& texts, std::string& file) {
  for (const auto& text : texts) append_csv_cell(csv_text(text), file);
  file += kCsvLineEnd;
}

}  // namespace casetrail
