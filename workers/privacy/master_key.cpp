// One line: a mark by which scanners for secrets find it, and the key in base64.
#include "workers/privacy/master_key.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace casetrail::privacy {
namespace {

constexpr std::string_view kMasterMark = "casetrail_master_";

std::string last_failure() { return std::generic_category().message(errno); }

}  // namespace

std::expected<Secret, std::string> create_master_key(const std::filesystem::path& file) {
  const auto key = Secret::random();
  const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (out < 0 && errno == EEXIST) {
    return std::unexpected("There is a file " + file.string() +
                           " already, and it may be the only key to a log. Name another one.");
  }
  const auto text = std::string(kMasterMark) + to_base64(key.bytes()) + "\n";
  const bool written = out >= 0 &&
                       ::write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(out) == 0;
  const auto failure = written ? std::string() : last_failure();
  if (out >= 0) ::close(out);
  if (written) return key;
  return std::unexpected("The file " + file.string() + " cannot be written: " + failure +
                         ". Check its folder and the space there.");
}

std::expected<Secret, std::string> read_master_key(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  if (!in || !std::getline(in, line))
    return std::unexpected("The master key " + file.string() +
                           " cannot be read. Check the name and its rights.");
  if (line.starts_with(kMasterMark)) {
    const auto bytes = from_base64(std::string_view(line).substr(kMasterMark.size()));
    if (const auto key = bytes ? Secret::from(*bytes) : std::nullopt) return *key;
  }
  return std::unexpected("The file " + file.string() +
                         " holds no master key. Name the one that `casetrail keys create` made.");
}

}  // namespace casetrail::privacy
