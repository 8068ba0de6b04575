// Never over a file that is there: it may be the only copy of a key.
#include "workers/privacy/private_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace casetrail::privacy {

std::expected<void, std::string> write_private_file(const std::filesystem::path& file, std::string line) {
  const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (out < 0 && errno == EEXIST) {
    return std::unexpected("There is a file " + file.string() +
                           " already, and it may be the only key to a log. Name another one.");
  }
  line += '\n';
  const bool written = out >= 0 &&
                       ::write(out, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       ::fsync(out) == 0;
  const auto failure = written ? std::string() : std::generic_category().message(errno);
  if (out >= 0) ::close(out);
  if (written) return {};
  return std::unexpected("The file " + file.string() + " cannot be written: " + failure +
                         ". Check its folder and the space there.");
}

}  // namespace casetrail::privacy
