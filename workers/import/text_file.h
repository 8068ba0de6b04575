// The lines of a file, plain or gzip, as they lie there.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

namespace casetrail::imports {

/// Used by one thread. An error is a sentence with its remedy, and ends the file.
class TextFile {
 public:
  [[nodiscard]] static std::expected<TextFile, std::string> open(const std::filesystem::path& path);
  TextFile(TextFile&&) noexcept;
  TextFile& operator=(TextFile&&) noexcept;
  ~TextFile();

  /// Makes `line` the next line, its end (`\n`, `\r\n` or `\r`) included; the last one may have none. A line
  /// of more than 1 MiB comes in pieces, of which the last alone has the end. False: the file ended.
  [[nodiscard]] std::expected<bool, std::string> read_line(std::string& line);

  /// How much of the file is read, 0 to 1, measured in its bytes on disk.
  [[nodiscard]] double fraction_read() const;

 private:
  struct Source;
  explicit TextFile(std::unique_ptr<Source> source);

  std::unique_ptr<Source> source_;
};

}  // namespace casetrail::imports
