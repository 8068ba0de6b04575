// CSV through libcsv, fed a line at a time so that each row knows where it begins.
#include "workers/import/csv_reader.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "workers/import/csv_escapes.h"
#include "workers/import/file_fault.h"
#include "workers/import/text_file.h"

namespace casetrail::imports {
namespace {

constexpr std::size_t kLargestRow = std::size_t{16} * 1024 * 1024;
/// Of the parser's memory for one field: by its own 128 bytes a large one is copied too often.
constexpr std::size_t kGrowBy = std::size_t{64} * 1024;

int is_space(unsigned char c) { return c == ' ' ? 1 : 0; }
bool ends_line(std::string_view piece) { return piece.ends_with('\n') || piece.ends_with('\r'); }

}  // namespace

struct CsvReader::Parser {
  Parser(TextFile text, CsvDialect of) : file(std::move(text)), dialect(of) {
    if (dialect.escape) escapes.emplace(*dialect.escape, dialect.quote, dialect.delimiter);
    begin();
  }
  ~Parser() { csv_free(&csv); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  void begin() {
    csv_init(&csv, CSV_STRICT);
    csv_set_delim(&csv, static_cast<unsigned char>(dialect.delimiter));
    csv_set_quote(&csv, static_cast<unsigned char>(dialect.quote));
    csv_set_blk_size(&csv, kGrowBy);
    csv_set_space_func(&csv, is_space);
  }

  static void on_field(void* text, std::size_t size, void* self) {
    auto& parser = *static_cast<Parser*>(self);
    auto& field = parser.row->fields.emplace_back(static_cast<const char*>(text), size);
    if (parser.escapes) parser.escapes->uncover(field);
  }
  static void on_row(int, void* self) { static_cast<Parser*>(self)->row_ended = true; }

  /// The row is given up, and the parser begins anew with what is read next.
  void give_up(std::string problem) {
    row->problem = std::move(problem);
    row->fields.clear();
    csv_free(&csv);
    begin();
  }

  [[nodiscard]] std::string its_lines() const {
    return line <= row->line ? "" : fmt::format(" (lines {} to {})", row->line, line);
  }

  [[nodiscard]] std::string misplaced_quote(std::string_view text) const {
    const bool escaped = text.find(std::string{'\\', dialect.quote}) != std::string_view::npos;
    return fmt::format("a quote stands within a field or text behind its end{}: {}", its_lines(),
                       escaped && !dialect.escape
                           ? "say `csv: {escape: \"\\\\\"}` where \\ stands before quotes"
                           : "double it, and put quotes around the field");
  }

  void feed(std::string_view text) {
    if (csv_parse(&csv, text.data(), text.size(), on_field, on_row, this) != text.size())
      give_up(misplaced_quote(text));
  }

  /// The last line may have no end.
  bool finish() {
    if (!row->problem.empty()) return true;
    if (escapes) feed(escapes->take_pending());
    if (row->problem.empty()) feed("\n");
    if (!row_ended && inside_row())
      give_up(fmt::format("a quoted field has no end{}: close it, or name the right `quote` in the mapping",
                          its_lines()));
    return row_ended || !row->problem.empty();
  }

  [[nodiscard]] bool inside_row() const {
    return !row->fields.empty() || csv.entry_pos > 0 || csv.quoted != 0;
  }

  /// Makes `piece` what the parser is to see of the next line. False: the file ended.
  std::expected<bool, std::string> read_piece() {
    auto more = file.read_line(piece);
    if (!more || !*more) return more;
    if (at_beginning) {
      if (auto fault = file_fault(piece)) return std::unexpected("the file " + *fault);
      if (piece.starts_with(kByteOrderMark)) piece.erase(0, kByteOrderMark.size());
      at_beginning = false;
    }
    line = lines + 1;
    if (ends_line(piece)) ++lines;
    if (escapes) escapes->cover(piece);
    return true;
  }

  std::expected<bool, std::string> next(CsvRow& into) {
    row = &into;
    row->fields.clear();
    row->problem.clear();
    row_ended = false;
    std::size_t size = 0;
    bool too_large = false;
    bool in_quotes = false;
    while (!row_ended) {
      const auto more = read_piece();
      if (!more) return std::unexpected(more.error());
      if (!*more) return finish();
      if (row->problem.empty() && !inside_row()) {
        row->line = line;
        size = 0;
      }
      size += piece.size();
      if (std::ranges::count(piece, dialect.quote) % 2 == 1) in_quotes = !in_quotes;
      if (row->problem.empty() && size > kLargestRow) {
        give_up(fmt::format("the row is larger than {} MiB: shorten it", kLargestRow >> 20));
        too_large = true;
      }
      if (row->problem.empty()) feed(piece);
      // What follows a misplaced quote is not known but to the line's end; a large row ends where its quotes
      // do.
      if (!row->problem.empty()) row_ended = ends_line(piece) && !(too_large && in_quotes);
    }
    return true;
  }

  TextFile file;
  CsvDialect dialect;
  std::optional<CsvEscapes> escapes;
  csv_parser csv{};
  CsvRow* row = nullptr;
  bool row_ended = false;
  bool at_beginning = true;
  std::int64_t lines = 0;  ///< that ended
  std::int64_t line = 0;   ///< of `piece`
  std::string piece;
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

}  // namespace casetrail::imports
