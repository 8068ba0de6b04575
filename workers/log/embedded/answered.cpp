// The file of the answered marks, written in one call: a word that no mark is, native 8-byte marks, and the
// CRC of all before it. Before there was a CRC, the file held the marks alone. The ends of `keys`, the last
// topic, are left out while nothing is in it: a version that does not know it reads the file.
#include "workers/log/embedded/answered.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <boost/crc.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>

#include "workers/log/embedded/core.h"

namespace casetrail::embedded {

namespace {

constexpr std::string_view kHead = "answered";
constexpr std::string_view kHeadWithKeys = "answkeys";
static_assert(kHead.size() == sizeof(log::Offset) && kHeadWithKeys.size() == kHead.size());
constexpr std::size_t kCrcBytes = 4;
/// More than a log holds: one mark beyond it is not an end that was ever reached.
constexpr log::Offset kMost = log::Offset{1} << 40U;

std::string reason() { return std::generic_category().message(errno); }

std::string crc_of(std::string_view bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  const std::uint32_t sum = crc.checksum();
  std::string text(kCrcBytes, '\0');
  std::memcpy(text.data(), &sum, kCrcBytes);
  return text;
}

/// Of a file that says nothing of `keys`: nothing was ever in it.
void add_keys(std::vector<log::Offset>& marks) {
  constexpr auto kTopicsBefore = kTopics.size() - 2;  // of as many partitions each
  if (marks.size() % kTopicsBefore == 1)
    marks.resize(slots_of(static_cast<log::Partition>(marks.size() / kTopicsBefore)));
}

/// How many marks are written of `marks`.
std::size_t told_of(const std::vector<log::Offset>& marks) {
  const auto of_keys = marks.empty() ? 0 : partitions_in(marks.size());
  const bool has_keys = std::any_of(marks.end() - static_cast<std::ptrdiff_t>(of_keys), marks.end(),
                                    [](log::Offset end) { return end != 0; });
  return has_keys ? marks.size() : marks.size() - of_keys;
}

}  // namespace

std::expected<std::optional<std::vector<log::Offset>>, std::string> AnsweredMarks::read(
    const std::filesystem::path& folder) {
  std::ifstream file(file_in(folder), std::ios::binary);
  if (!file) return std::nullopt;
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  std::string_view marked = bytes;
  const bool with_keys = marked.starts_with(kHeadWithKeys);
  if (with_keys || marked.starts_with(kHead)) {
    const auto crc = marked.substr(marked.size() - std::min(marked.size(), kCrcBytes));
    marked.remove_suffix(crc.size());
    if (crc != crc_of(marked)) return std::unexpected("its checksum does not fit its numbers");
    marked.remove_prefix(std::min(marked.size(), kHead.size()));
  }
  if (marked.size() % sizeof(log::Offset) != 0) return std::unexpected("it is cut off within a number");
  std::vector<log::Offset> marks(marked.size() / sizeof(log::Offset));
  if (!marks.empty()) std::memcpy(marks.data(), marked.data(), marked.size());
  const auto is_no_end = [](log::Offset mark) { return mark < 0 || mark > kMost; };
  if (std::ranges::any_of(marks, is_no_end)) return std::unexpected("it names offsets that no log reaches");
  if (!with_keys) add_keys(marks);
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

std::expected<void, std::string> AnsweredMarks::write(const std::vector<log::Offset>& marks) {
  const auto told = told_of(marks);
  std::string bytes(told == marks.size() ? kHeadWithKeys : kHead);
  bytes.append(reinterpret_cast<const char*>(marks.data()), told * sizeof(log::Offset));
  bytes += crc_of(bytes);
  if (::pwrite(file_, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size())) return {};
  return std::unexpected(reason());
}

}  // namespace casetrail::embedded
