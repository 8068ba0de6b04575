// How far the embedded log has answered, kept beside its rows: what tells a lost record from one that nobody
// was promised.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail::embedded {

/// One number a partition, written after the rows are on the disk and before anybody is told, but not synced:
/// it survives the end of the process, and after a power cut it is at most too small. So rows that end before
/// it were lost.
class AnsweredMarks {
 public:
  static std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "answered"; }

  /// The marks of an earlier run, none where it was killed before it answered anybody; nothing when the file
  /// is gone. An error is what is wrong with its bytes, as a clause.
  [[nodiscard]] static std::expected<std::optional<std::vector<log::Offset>>, std::string> read(
      const std::filesystem::path& folder);

  /// Opens the file for writing.
  [[nodiscard]] static std::expected<AnsweredMarks, std::string> open(const std::filesystem::path& folder);

  AnsweredMarks(AnsweredMarks&& other) noexcept;
  AnsweredMarks& operator=(AnsweredMarks&& other) noexcept;
  ~AnsweredMarks();

  /// All marks anew, as many as before, in the order of the slots. After a failure, the reason.
  [[nodiscard]] std::expected<void, std::string> write(const std::vector<log::Offset>& marks);

 private:
  explicit AnsweredMarks(int file) : file_(file) {}

  int file_;
};

}  // namespace casetrail::embedded
