// read(2) and write(2), for the reason of a failure is told.
#include "workers/node/copied_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>

#include "events/wire/sha256.h"

namespace casetrail::node {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = std::size_t{1} << 20U;

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : file_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~Descriptor() {
    if (file_ >= 0) ::close(file_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] bool is_open() const { return file_ >= 0; }
  [[nodiscard]] bool sync() const { return ::fsync(file_) == 0; }
  /// -1 after a failure.
  [[nodiscard]] ssize_t read(std::string& into) const {
    ssize_t read = 0;
    do {
      read = ::read(file_, into.data(), into.size());
    } while (read < 0 && errno == EINTR);
    return read;
  }
  [[nodiscard]] bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto written = ::write(file_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

 private:
  int file_;
};

std::unexpected<std::string> cannot(const char* what, const fs::path& path, int error) {
  if (error == ENOSPC || error == EDQUOT) {
    return std::unexpected(fmt::format(
        "Disk full: cannot write {}. Free space, or name a folder on another disk.", path.string()));
  }
  return std::unexpected(fmt::format("Cannot {} {} ({}). Check its rights and its disk.", what, path.string(),
                                     std::generic_category().message(error)));
}

}  // namespace

std::expected<SummedFile, std::string> copy_file(const fs::path& from, const fs::path& to,
                                                 const std::string& path, const OnBytes& on_bytes) {
  std::error_code failed;
  fs::create_directories((to / path).parent_path(), failed);
  if (failed) return cannot("make", (to / path).parent_path(), failed.value());
  const Descriptor in(from / path, O_RDONLY);
  if (!in.is_open()) return cannot("read", from / path, errno);
  const Descriptor out(to / path, O_WRONLY | O_CREAT | O_EXCL);
  if (!out.is_open()) return cannot("write", to / path, errno);
  SummedFile copied{path, 0, {}};
  Sha256 sum;
  std::string piece(kPiece, '\0');
  while (true) {
    const auto size = in.read(piece);
    if (size < 0) return cannot("read", from / path, errno);
    if (size == 0) break;
    const auto bytes = std::string_view(piece).substr(0, static_cast<std::size_t>(size));
    sum.add(bytes);
    if (!out.write(bytes)) return cannot("write", to / path, errno);
    copied.bytes += bytes.size();
    if (!on_bytes(bytes.size())) return std::unexpected("It was stopped.");
  }
  if (!out.sync()) return cannot("write", to / path, errno);
  copied.sha256 = sum.hex();
  return copied;
}

std::expected<void, std::string> sync_folder(const fs::path& folder) {
  const Descriptor open(folder, O_RDONLY | O_DIRECTORY);
  if (!open.is_open() || !open.sync()) return cannot("write", folder, errno);
  return {};
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace casetrail::node
