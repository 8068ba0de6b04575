// Bad times for a program: what stands before its command line, and what happens to its files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace casetrail::crash {

/// Runs `program` where no file can grow beyond `bytes`: a write beyond fails, as on a full disk. The limit
/// of the shell, for a small file system would have to be mounted, which takes privileges that CI may not
/// have.
[[nodiscard]] std::vector<std::string> on_a_full_disk(std::uintmax_t bytes, const std::string& program);

/// Runs `program` without the right of root to write where permissions forbid it.
[[nodiscard]] std::vector<std::string> bound_by_permissions(const std::string& program);

/// `folder` and every folder and file in it cannot be written, as long as this lives.
class ReadOnly {
 public:
  explicit ReadOnly(std::filesystem::path folder);
  ReadOnly(const ReadOnly&) = delete;
  ReadOnly& operator=(const ReadOnly&) = delete;
  ~ReadOnly();

 private:
  std::filesystem::path folder_;
};

}  // namespace casetrail::crash
