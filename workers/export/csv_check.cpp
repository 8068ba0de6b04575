// Reads CSV by libcsv, strictly.
#include <csv.h>

#include <array>
#include <fstream>
#include <memory>
#include <vector>

#include "events/wire/whole_number.h"
#include "workers/export/check.h"
#include "workers/export/failure.h"

namespace casetrail::exports {
namespace {

/// Told by libcsv, which cannot be thrown through.
struct Rows {
  std::vector<std::string> row;
  std::vector<std::vector<std::string>> whole;
};

void take_rows(Rows& rows, std::size_t& columns, std::int64_t& number, CaseByCase& order) {
  for (const auto& row : rows.whole) {
    const auto place = "row " + std::to_string(++number);
    if (columns == 0) {
      columns = row.size();
      if (columns < 5 || row.front() != "case_id") throw_wrong("the file has no header", place);
      continue;
    }
    if (row.size() != columns) throw_wrong("the row has another number of columns than the header", place);
    if (row[1].empty()) throw_wrong("the row has no activity", place);
    check_moment(row[2], place);
    check_moment(row[4], place);
    order.take(row[0], whole_number<std::int64_t>(row[3]).value_or(0));
  }
  rows.whole.clear();
}

}  // namespace

Contents check_csv(const std::filesystem::path& file, const Database::Stopped& stopped) {
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
    throw Failure(Trouble::unavailable, "There is no memory left to check the export.");
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> kept(&parser, csv_free);
  const auto on_field = [](void* text, std::size_t size, void* rows) {
    static_cast<Rows*>(rows)->row.emplace_back(static_cast<const char*>(text), size);
  };
  const auto on_row = [](int, void* of) {
    auto& rows = *static_cast<Rows*>(of);
    rows.whole.push_back(std::move(rows.row));
    rows.row.clear();
  };
  std::ifstream in(file, std::ios::binary);
  Rows rows;
  CaseByCase order;
  std::size_t columns = 0;
  std::int64_t number = 0;
  std::array<char, 1 << 16> some{};
  while (in.read(some.data(), some.size()), in.gcount() > 0) {
    if (stopped()) throw Failure(Trouble::stopped, "The export was stopped; nothing is left of it.");
    const auto size = static_cast<std::size_t>(in.gcount());
    if (csv_parse(&parser, some.data(), size, on_field, on_row, &rows) != size)
      throw_wrong("a row is no CSV", "behind row " + std::to_string(number));
    take_rows(rows, columns, number, order);
  }
  if (csv_fini(&parser, on_field, on_row, &rows) != 0 || !rows.whole.empty())
    throw_wrong("the last row is not whole", "row " + std::to_string(number + 1));
  return order.contents();
}

}  // namespace casetrail::exports
