// The identity is put there last: marks are never those of another log.
#include "workers/log/embedded/known.h"

#include <fstream>
#include <iterator>
#include <system_error>

namespace casetrail::embedded {

namespace fs = std::filesystem;

fs::path known_folder(const fs::path& log) {
  auto beside = log;
  return beside += ".known";
}

KnownLog known_log(const fs::path& log) {
  const auto folder = known_folder(log);
  std::ifstream file(folder / "identity", std::ios::binary);
  if (file.peek() == std::ifstream::traits_type::eof()) return {};
  KnownLog known{.identity = std::string(std::istreambuf_iterator<char>(file), {})};
  if (auto marks = AnsweredMarks::read(folder); marks && *marks) known.answered = **std::move(marks);
  return known;
}

std::expected<AnsweredMarks, std::string> open_known(const fs::path& log, const std::string& identity) {
  const auto folder = known_folder(log);
  std::error_code failed;
  if (known_log(log).identity != identity) {
    fs::remove_all(folder, failed);
    if (!failed) fs::create_directories(folder, failed);
    if (failed) return std::unexpected(failed.message());
    std::ofstream file(folder / "identity", std::ios::binary);
    if (!(file << identity << std::flush)) return std::unexpected(folder.string() + " cannot be written");
  }
  return AnsweredMarks::open(folder);
}

}  // namespace casetrail::embedded
