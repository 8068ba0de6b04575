// Files that are copied to be kept: summed as they are read, and on the disk when that is said.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <string>

namespace casetrail::node {

/// A file by its path below the folder that holds it.
struct SummedFile {
  std::string path;
  std::uint64_t bytes = 0;
  std::string sha256;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(path), CEREAL_NVP(bytes), CEREAL_NVP(sha256));
  }
};

/// Told the bytes of each piece. False: stop there.
using OnBytes = std::function<bool(std::uint64_t)>;

/// Copies `path` of one folder to the same place in another, durably, with the folders above it. An error is
/// a sentence with the remedy; then a part of the copy may be there.
[[nodiscard]] std::expected<SummedFile, std::string> copy_file(const std::filesystem::path& from,
                                                               const std::filesystem::path& to,
                                                               const std::string& path,
                                                               const OnBytes& on_bytes);

/// What names lie in `folder`, durably. An error is a sentence.
[[nodiscard]] std::expected<void, std::string> sync_folder(const std::filesystem::path& folder);

/// Removes a folder and what is in it when it ends, unless it is kept.
class ScratchFolder {
 public:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  void keep() { path_.clear(); }

 private:
  std::filesystem::path path_;
};

}  // namespace casetrail::node
