// One write and one sync a line.
#include "workers/evidence/synced_line.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace casetrail::evidence {
namespace {

bool ends_within_a_line(int file) {
  char last = '\n';
  const auto end = ::lseek(file, 0, SEEK_END);
  return end > 0 && ::pread(file, &last, 1, end - 1) == 1 && last != '\n';
}

}  // namespace

std::expected<void, std::string> add_line(const std::filesystem::path& file, std::string line) {
  line += '\n';
  const int out = ::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (out >= 0 && ends_within_a_line(out)) line.insert(0, 1, '\n');
  const bool written = out >= 0 &&
                       ::write(out, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       ::fsync(out) == 0;
  const auto failure = written ? std::string() : std::generic_category().message(errno);
  if (out >= 0) ::close(out);
  if (written) return {};
  return std::unexpected(failure);
}

}  // namespace casetrail::evidence
