// Bad times for a program: what stands before its command line, and what happens to its files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/program.h"

namespace casetrail::crash {

/// Runs `program` where no file can grow beyond `bytes`: a write beyond fails. Takes no privileges.
[[nodiscard]] std::vector<std::string> with_files_up_to(std::uintmax_t bytes, const std::string& program);

/// A file system of its own, in memory, mounted at a folder for the programs that it runs alone. Gone when
/// this ends.
class SmallDisk {
 public:
  SmallDisk(std::filesystem::path folder, std::uintmax_t mib);

  /// False: this machine does not let us mount one.
  [[nodiscard]] bool is_mounted() const { return mounted_; }
  /// Runs `program` where the folder is this disk.
  [[nodiscard]] std::vector<std::string> under(const std::string& program) const;
  /// Leaves `bytes` free, until `make_room`.
  void fill_up_to(std::uintmax_t bytes) const;
  void make_room() const;

 private:
  /// The folder, as others than its programs reach it.
  [[nodiscard]] std::filesystem::path from_outside() const;
  [[nodiscard]] std::filesystem::path filler() const { return from_outside() / "filler.log"; }

  std::filesystem::path folder_;
  test::Background mount_;
  bool mounted_ = false;
};

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
