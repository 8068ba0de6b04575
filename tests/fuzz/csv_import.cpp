// A CSV file, plain or gzip: no byte of it gets lost on the way into rows, but where a row is named that
// cannot be read, and every row is a command or a named fault.
#include <array>

#include "tests/fuzz/checked_import.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/memory_file.h"
#include "workers/import/csv_reader.h"

using namespace casetrail;

namespace {

constexpr std::string_view kMapping = R"(source: other
channel: api
csv: {missing: ["?"]}
case: id
kind: {column: kind, values: {q: inquiry, c: complaint}}
time: {column: at, format: iso8601}
received_at: {column: day, format: "%d/%m/%Y %H:%M", zone: Europe/Berlin}
status: {column: state, values: {new: registered, work: in_progress, wait: awaiting_customer, done: closed, "-": none}}
department: {column: team, prefix: "team "}
agent: who
category: {columns: [a, b], difficulty: 2}
priority: {impact: medium, urgency: {column: urgency, values: {h: high, l: low}}, priority: P3}
reopen: {counter: again}
)";

using Counts = std::array<std::int64_t, 256>;

void count(std::string_view text, Counts& counts) {
  for (const char c : text) ++counts[static_cast<unsigned char>(c)];
}

/// Rows of `text` in this dialect; nothing when it ended in an error.
std::optional<std::int64_t> check_bytes(const std::filesystem::path& file, std::string_view text,
                                        imports::CsvDialect dialect) {
  auto reader = imports::CsvReader::open(file, dialect);
  fuzz::must(reader.has_value(), "a file that is there can be opened");
  Counts in_rows{};
  std::int64_t rows = 0;
  std::int64_t line = 0;
  bool all_read = true;
  imports::CsvRow row;
  while (true) {
    const auto more = reader->next(row);
    if (!more) {
      fuzz::must(!more.error().empty(), "an error has a sentence");
      return std::nullopt;
    }
    if (!*more) break;
    ++rows;
    fuzz::must(row.line > line, "rows begin on rising lines");
    line = row.line;
    for (const auto& field : row.fields) count(field, in_rows);
    if (!row.problem.empty()) all_read = false;
  }
  if (!all_read || text.starts_with("\x1f\x8b")) return rows;
  Counts in_file{};
  count(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text, in_file);
  for (const char shaping : {dialect.delimiter, dialect.quote, ' ', '\r', '\n'})
    in_file[static_cast<unsigned char>(shaping)] = in_rows[static_cast<unsigned char>(shaping)] = 0;
  fuzz::must(in_rows == in_file, "no byte of a file is lost");
  return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const fuzz::MemoryFile mapping(kMapping);
  const auto text = fuzz::text_of(bytes, size);
  const fuzz::MemoryFile file(text);
  (void)check_bytes(file.path(), text, {.delimiter = ';', .quote = '\''});
  (void)check_bytes(file.path(), text, {.delimiter = '\t', .quote = '"'});
  if (text.find('\\') == std::string_view::npos) (void)check_bytes(file.path(), text, {.escape = '\\'});
  const auto rows = check_bytes(file.path(), text, {});
  const auto report = fuzz::checked_import(file.path(), mapping.path());
  if (report.ending == imports::ImportEnding::complete)
    fuzz::must(rows && *rows == report.rows + 1, "every row behind the header is reported");
  return 0;
}
