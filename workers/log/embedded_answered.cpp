// The file of the answered marks: native 8-byte numbers, written in one call.
#include "workers/log/embedded_answered.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

namespace casetrail {

namespace {

std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "answered"; }

std::string reason() { return std::generic_category().message(errno); }

}  // namespace

std::optional<std::vector<Offset>> AnsweredMarks::read(const std::filesystem::path& folder) {
  std::ifstream file(file_in(folder), std::ios::binary);
  if (!file) return std::nullopt;
  std::vector<Offset> marks;
  for (Offset mark = 0; file.read(reinterpret_cast<char*>(&mark), sizeof(mark));) marks.push_back(mark);
  return marks;
}

std::expected<AnsweredMarks, std::string> AnsweredMarks::open(const std::filesystem::path& folder) {
  const int file = ::open(file_in(folder).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) return std::unexpected(reason());
  return AnsweredMarks(file);
}

AnsweredMarks::AnsweredMarks(AnsweredMarks&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
AnsweredMarks& AnsweredMarks::operator=(AnsweredMarks&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}
AnsweredMarks::~AnsweredMarks() {
  if (file_ >= 0) ::close(file_);
}

std::expected<void, std::string> AnsweredMarks::write(const std::vector<Offset>& marks) {
  const auto bytes = marks.size() * sizeof(Offset);
  if (::pwrite(file_, marks.data(), bytes, 0) == static_cast<ssize_t>(bytes)) return {};
  return std::unexpected(reason());
}

}  // namespace casetrail
