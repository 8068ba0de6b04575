// The rows of a CSV file, each with the line on which it begins.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace casetrail::imports {

struct CsvDialect {
  char delimiter = ',';
  char quote = '"';
  std::optional<char> escape = std::nullopt;  ///< see `CsvEscapes`
};

struct CsvRow {
  std::int64_t line = 0;  ///< 1 for the first of the file
  std::vector<std::string> fields;
  std::string problem;  ///< why the row cannot be read, with the remedy; then its fields mean nothing
};

/// RFC 4180 with any delimiter and quote: quoted fields may hold both and line ends, a doubled quote is one,
/// empty lines are no rows, spaces around an unquoted field are no part of it. Strict: a quote elsewhere
/// makes a row that cannot be read, and so do more than 16 MiB. Used by one thread.
class CsvReader {
 public:
  [[nodiscard]] static std::expected<CsvReader, std::string> open(const std::filesystem::path& path,
                                                                  CsvDialect dialect);
  CsvReader(CsvReader&&) noexcept;
  CsvReader& operator=(CsvReader&&) noexcept;
  ~CsvReader();

  /// False: no more rows. An error is a sentence with its remedy, and ends the file.
  [[nodiscard]] std::expected<bool, std::string> next(CsvRow& row);

  /// How much of the file is read, 0 to 1.
  [[nodiscard]] double fraction_read() const;

 private:
  struct Parser;
  explicit CsvReader(std::unique_ptr<Parser> parser);

  std::unique_ptr<Parser> parser_;
};

}  // namespace casetrail::imports
