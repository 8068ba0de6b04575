// The file of the answered marks, written in one call: a word that no mark is, native 8-byte marks, and the
// CRC of all before it. Before there was a CRC, the file held the marks alone. The ends of topics that came
// later are left out while nothing is in them: a version that does not know them reads the file. The word
// tells how many are there.
#include "workers/log/embedded/answered.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/crc.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include "workers/log/embedded/core.h"

namespace casetrail::embedded {

namespace {

/// By how many of the topics that came later the file tells of.
constexpr auto kHeads = std::to_array<std::string_view>({"answered", "answkeys", "answevid"});
static_assert(std::ranges::all_of(kHeads, [](auto head) { return head.size() == sizeof(log::Offset); }));
constexpr auto kLaterTopics = kHeads.size() - 1;
/// Of as many partitions each, beside the policy's one.
constexpr auto kFirstTopics = kTopics.size() - kHeads.size();
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

/// Of a file that tells of `later` of the topics that came later: nothing was ever in the others.
void add_empty_topics(std::vector<log::Offset>& marks, std::size_t later) {
  const auto told = kFirstTopics + later;
  if (marks.size() % told == 1) marks.resize(slots_of(static_cast<log::Partition>(marks.size() / told)));
}

/// How many of the topics that came later are told of: up to the last in which something is.
std::size_t later_told_of(std::span<const log::Offset> marks) {
  const auto each = marks.empty() ? 0 : partitions_in(marks.size());
  auto later = kLaterTopics;
  for (; later > 0; --later, marks = marks.first(marks.size() - each)) {
    if (std::ranges::any_of(marks.last(each), [](log::Offset end) { return end != 0; })) break;
  }
  return later;
}

}  // namespace

std::expected<std::optional<std::vector<log::Offset>>, std::string> AnsweredMarks::read(
    const std::filesystem::path& folder) {
  std::ifstream file(file_in(folder), std::ios::binary);
  if (!file) return std::nullopt;
  if (file.peek(); file.bad()) return std::unexpected("it cannot be read");
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  std::string_view marked = bytes;
  const auto head = std::ranges::find_if(kHeads, [&](auto known) { return marked.starts_with(known); });
  if (head != kHeads.end()) {
    const auto crc = marked.substr(marked.size() - std::min(marked.size(), kCrcBytes));
    marked.remove_suffix(crc.size());
    if (crc != crc_of(marked)) return std::unexpected("its checksum does not fit its numbers");
    marked.remove_prefix(std::min(marked.size(), head->size()));
  }
  if (marked.size() % sizeof(log::Offset) != 0) return std::unexpected("it is cut off within a number");
  std::vector<log::Offset> marks(marked.size() / sizeof(log::Offset));
  if (!marks.empty()) std::memcpy(marks.data(), marked.data(), marked.size());
  const auto is_no_end = [](log::Offset mark) { return mark < 0 || mark > kMost; };
  if (std::ranges::any_of(marks, is_no_end)) return std::unexpected("it names offsets that no log reaches");
  add_empty_topics(marks, head == kHeads.end() ? 0 : static_cast<std::size_t>(head - kHeads.begin()));
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
  const auto later = later_told_of(marks);
  const auto told = marks.empty() ? 0 : marks.size() - (kLaterTopics - later) * partitions_in(marks.size());
  std::string bytes(kHeads[later]);
  bytes.append(reinterpret_cast<const char*>(marks.data()), told * sizeof(log::Offset));
  bytes += crc_of(bytes);
  if (::pwrite(file_, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size())) return {};
  return std::unexpected(reason());
}

}  // namespace casetrail::embedded
