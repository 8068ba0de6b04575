// A file that is whole or not there: written beside its name, and renamed at the end.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace casetrail::exports {

/// What stands in the way of `file`, a sentence with the remedy; empty: nothing that can be seen before.
[[nodiscard]] std::string objection_to_file(const std::filesystem::path& file);

/// Removes what it wrote unless it is kept. What fails is thrown as a `Failure`.
class PartFile {
 public:
  explicit PartFile(std::filesystem::path file);
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  /// Where it lies until it is kept.
  [[nodiscard]] const std::filesystem::path& path() const { return part_; }

  [[nodiscard]] std::filesystem::path folder() const;

  void write(std::string_view bytes);
  /// All that was written lies in the file, for others to read.
  void flush();
  /// Durably, in place of an older file of its name.
  void keep();

 private:
  [[noreturn]] void fail(const std::string& doing) const;

  std::filesystem::path file_;
  std::filesystem::path part_;
  std::string buffer_;
  int out_ = -1;
};

}  // namespace casetrail::exports
