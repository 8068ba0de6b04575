// CSV through libcsv, fed a line at a time so that each row knows where it begins.
#include "workers/import/csv_reader.h"

#include <csv.h>
#include <fmt/format.h>

#include <string_view>

#include "workers/import/text_file.h"

namespace casetrail {
namespace {

constexpr std::size_t kLargestField = std::size_t{1024} * 1024;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

int is_line_end(unsigned char c) { return c == '\n' ? 1 : 0; }
/// The return of a `\r\n` counts as space, so that it falls off behind a field.
int is_space(unsigned char c) { return c == ' ' || c == '\r' ? 1 : 0; }

}  // namespace

struct CsvReader::Parser {
  Parser(TextFile text, CsvDialect dialect) : file(std::move(text)) {
    csv_init(&csv, 0);
    csv_set_delim(&csv, static_cast<unsigned char>(dialect.delimiter));
    csv_set_quote(&csv, static_cast<unsigned char>(dialect.quote));
    csv_set_space_func(&csv, is_space);
    csv_set_term_func(&csv, is_line_end);
  }
  ~Parser() { csv_free(&csv); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  static void on_field(void* text, std::size_t size, void* self) {
    auto& parser = *static_cast<Parser*>(self);
    parser.row->fields.emplace_back(static_cast<const char*>(text), size);
  }
  static void on_row(int, void* self) { static_cast<Parser*>(self)->row_ended = true; }

  [[nodiscard]] std::string unclosed() const {
    return fmt::format(
        "the row of line {} has a quoted field without an end: close its quote or name the "
        "right `quote` in the mapping",
        row->line);
  }

  std::expected<void, std::string> feed(std::string_view text) {
    if (csv_parse(&csv, text.data(), text.size(), on_field, on_row, this) == text.size()) return {};
    return std::unexpected(fmt::format("line {} cannot be read as CSV ({}): repair or remove it", lines,
                                       csv_strerror(csv_error(&csv))));
  }

  /// The last line may have no end.
  std::expected<bool, std::string> finish() {
    if (auto fed = feed("\n"); !fed) return std::unexpected(fed.error());
    if (!row_ended && inside_row()) return std::unexpected(unclosed());
    return row_ended;
  }

  [[nodiscard]] bool inside_row() const {
    return !row->fields.empty() || csv.entry_pos > 0 || csv.quoted != 0;
  }

  std::expected<bool, std::string> next(CsvRow& into) {
    row = &into;
    row->fields.clear();
    row_ended = false;
    while (!row_ended) {
      const auto more = file.read_line(line);
      if (!more) return std::unexpected(more.error());
      if (!*more) return finish();
      ++lines;
      std::string_view text = line;
      if (lines == 1 && text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
      if (!inside_row()) row->line = lines;
      if (auto fed = feed(text); !fed) return std::unexpected(fed.error());
      if (csv.entry_pos > kLargestField) return std::unexpected(unclosed());
    }
    return true;
  }

  TextFile file;
  csv_parser csv{};
  CsvRow* row = nullptr;
  bool row_ended = false;
  std::int64_t lines = 0;
  std::string line;
};

CsvReader::CsvReader(std::unique_ptr<Parser> parser) : parser_(std::move(parser)) {}
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;
CsvReader::~CsvReader() = default;

std::expected<CsvReader, std::string> CsvReader::open(const std::filesystem::path& path, CsvDialect dialect) {
  auto file = TextFile::open(path);
  if (!file) return std::unexpected(file.error());
  return CsvReader(std::make_unique<Parser>(std::move(*file), dialect));
}

std::expected<bool, std::string> CsvReader::next(CsvRow& row) { return parser_->next(row); }

double CsvReader::fraction_read() const { return parser_->file.fraction_read(); }

}  // namespace casetrail
