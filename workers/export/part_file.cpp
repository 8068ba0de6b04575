// Buffered, and synced before the name changes.
#include "workers/export/part_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "workers/export/failure.h"

namespace casetrail::exports {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBuffer = std::size_t{1} << 18U;

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

}  // namespace

std::string objection_to_file(const fs::path& file) {
  std::error_code failed;
  if (!file.has_filename() || fs::is_directory(file, failed))
    return "Expected --out to name a file, but '" + file.string() + "' is a folder. Name a file in it.";
  if (fs::exists(file, failed) && !fs::is_regular_file(file, failed))
    return "Expected --out to name a file, but '" + file.string() +
           "' is none: an export is written beside its name and renamed when it is whole.";
  const auto folder = folder_of(file);
  if (!fs::is_directory(folder, failed))
    return "There is no folder '" + folder.string() + "' to write --out into. Make it, or name another.";
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    return "You may not write into '" + folder.string() + "'. Ask its owner, or name another --out.";
  return {};
}

PartFile::PartFile(fs::path file) : file_(std::move(file)), part_(file_) {
  if (const auto objection = objection_to_file(file_); !objection.empty())
    throw Failure(Trouble::unusable, objection);
  part_ += "." + std::to_string(::getpid()) + ".part";
  out_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (out_ < 0) fail("begin");
}

PartFile::~PartFile() {
  if (out_ >= 0) ::close(out_);
  std::error_code ignored;
  if (!part_.empty()) fs::remove(part_, ignored);
}

void PartFile::fail(const std::string& doing) const {
  const auto reason = std::generic_category().message(errno);
  if (errno == ENOSPC || errno == EDQUOT)
    throw Failure(Trouble::unavailable, "Disk full: cannot write the export (" + part_.string() +
                                            "). Free space, or name a file on another disk.");
  throw Failure(Trouble::unavailable, "Cannot " + doing + " the export (" + part_.string() + "): " + reason +
                                          ". Name another --out.");
}

fs::path PartFile::folder() const { return folder_of(file_); }

void PartFile::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= kBuffer) flush();
}

void PartFile::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const auto written = ::write(out_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write");
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void PartFile::keep() {
  flush();
  if (::fsync(out_) != 0) fail("write");
  if (::rename(part_.c_str(), file_.c_str()) != 0) fail("rename");
  part_.clear();
  const int folder = ::open(folder_of(file_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  (void)::fsync(folder);
  ::close(folder);
}

}  // namespace casetrail::exports
