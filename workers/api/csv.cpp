// Quoted by libcsv.
#include "workers/api/csv.h"

#include <csv.h>

namespace casetrail::api {

void append_csv(const std::vector<std::string>& cells, std::string& out) {
  static constexpr std::string_view kFormula = "=+-@\t\r";
  bool first = true;
  for (const auto& cell : cells) {
    if (!first) out += ',';
    first = false;
    const auto safe = !cell.empty() && kFormula.contains(cell.front()) ? "'" + cell : cell;
    const auto at = out.size();
    out.resize(at + csv_write(nullptr, 0, safe.data(), safe.size()));
    (void)csv_write(out.data() + at, out.size() - at, safe.data(), safe.size());
  }
  out += "\r\n";
}

}  // namespace casetrail::api
