// Reads CSV by libcsv, strictly.
#include <csv.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <span>
#include <vector>

#include "events/wire/whole_number.h"
#include "workers/export/check.h"
#include "workers/export/failure.h"

namespace casetrail::exports {
namespace {

constexpr std::array<std::string_view, 5> kFirstColumns{"case_id", "activity", "timestamp", "seq",
                                                        "recorded_at"};

/// Told by libcsv, which cannot be thrown through.
struct Rows {
  std::vector<std::string> row;
  std::vector<std::vector<std::string>> whole;
};

/// Throws a fault where there is no header, without which a row says nothing.
void take_rows(Rows& rows, std::size_t& columns, std::int64_t& number, CaseByCase& order, Faults& faults) {
  for (const auto& row : rows.whole) {
    const auto place = "row " + std::to_string(++number);
    if (columns == 0) {
      columns = row.size();
      if (columns < kFirstColumns.size() || !std::ranges::equal(kFirstColumns, std::span(row).first<5>()))
        throw_fault(fmt::format("the file has no header that begins with {}", fmt::join(kFirstColumns, ",")),
                    place);
      continue;
    }
    if (row.size() != columns) {
      faults.add("the row has another number of columns than the header", place);
      continue;
    }
    if (row[1].empty()) faults.add("the row has no activity", place);
    for (const auto column : {2U, 4U}) faults.of([&] { check_moment(row[column], place); });
    faults.of([&] { order.take(row[0], whole_number<std::int64_t>(row[3]).value_or(0)); });
  }
  rows.whole.clear();
}

}  // namespace

Contents check_csv(const std::filesystem::path& file, Faults& faults, const Database::Stopped& stopped) {
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
    throw Failure(Trouble::unavailable, "There is no memory left to check the file.");
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
  faults.of([&] {
    while (in.read(some.data(), some.size()), in.gcount() > 0) {
      go_on_unless(stopped);
      const auto size = static_cast<std::size_t>(in.gcount());
      const auto parsed = csv_parse(&parser, some.data(), size, on_field, on_row, &rows);
      take_rows(rows, columns, number, order, faults);
      if (parsed != size) throw_fault("the row is no CSV", "row " + std::to_string(number + 1));
    }
    if (number == 0) throw_fault("the file is empty", "row 1");
    if (csv_fini(&parser, on_field, on_row, &rows) != 0 || !rows.whole.empty())
      throw_fault("the last row is not whole", "row " + std::to_string(number + 1));
  });
  return order.contents();
}

}  // namespace casetrail::exports
