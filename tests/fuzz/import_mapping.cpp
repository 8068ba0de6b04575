// The mapping of an import: a sentence that says what is wrong, or a mapping by which a file is read to its
// end.
#include "tests/fuzz/checked_import.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/memory_file.h"
#include "workers/import/mapping.h"

using namespace casetrail;

namespace {

const std::vector<std::string> kHeader{"id", "at", "state", "team", "who", "team"};

/// The same few rows in the dialect of the mapping.
std::string file_in(imports::CsvDialect dialect) {
  static const std::vector<std::vector<std::string>> kRows{
      kHeader,
      {"1", "2026-03-01T08:00:00Z", "new", "cs", "li", "x"},
      {"1", "2026-03-01T09:00:00+08:00", "done", "cs", "li", "3"},
      {"1", "01/03/2026 10:00", "work", "tech", "?", ""},
      {"2", "2026-03-29 02:30", "new", "", "zhao", "1"},
      {"2", "99999-12-31", "gone", "cs", "", "-1"}};
  std::string text;
  for (const auto& row : kRows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += dialect.delimiter;
      text += dialect.quote;
      for (const char c : row[i]) text.append(c == dialect.quote || c == dialect.escape ? 2 : 1, c);
      text += dialect.quote;
    }
    text += '\n';
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string yaml(fuzz::text_of(bytes, size));
  const auto dialect = imports::read_dialect(yaml);
  const auto mapping = imports::read_mapping(yaml, kHeader);
  if (!dialect || !mapping) {
    fuzz::must(!(dialect ? mapping.error() : dialect.error()).empty(), "an error has a sentence");
    return 0;
  }
  const fuzz::MemoryFile file(file_in(*dialect));
  const fuzz::MemoryFile mapping_file(yaml);
  const auto report = fuzz::checked_import(file.path(), mapping_file.path());
  fuzz::must(report.ending == imports::ImportEnding::complete && report.rows >= 5,
             "a mapping without faults reads a file without faults to its end", report.problem.value_or(""));
  return 0;
}
