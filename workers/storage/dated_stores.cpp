// A copy is a folder of a few files; what is shared has one inode.
#include "workers/storage/dated_stores.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <system_error>

#include "events/wire/whole_number.h"

namespace casetrail::storage {
namespace {

namespace fs = std::filesystem;

constexpr Duration kHourlyFor = std::chrono::days{2};
constexpr Duration kDailyFor = std::chrono::days{60};

StoreError cannot_change(const fs::path& folder, const std::error_code& failed) {
  return {"The folder " + folder.string() + " cannot be changed: " + failed.message() +
          ". Make it writable, with room on its disk."};
}

/// What folders take on the disk beside another one, each file once.
class Weighing {
 public:
  explicit Weighing(const fs::path& beside) {
    add(beside);
    bytes_ = 0;
  }

  void add(const fs::path& folder) {
    std::error_code failed;
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
      struct stat told{};
      if (::stat(it->path().c_str(), &told) == 0 && counted_.insert(told.st_ino).second)
        bytes_ += static_cast<std::uint64_t>(told.st_size);
    }
  }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  std::set<ino_t> counted_;
  std::uint64_t bytes_ = 0;
};

/// The hour or the day that a copy is kept for; nothing when it is too old.
std::optional<std::int64_t> bucket_of(Timestamp at, Timestamp now) {
  const auto age = now - at;
  if (age <= kHourlyFor) return std::chrono::floor<std::chrono::hours>(at).time_since_epoch().count();
  if (age > kDailyFor) return std::nullopt;
  return -1 - std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}

StoreResult<void> remove_copy(const fs::path& folder) {
  std::error_code failed;
  fs::remove_all(folder, failed);
  if (failed) return std::unexpected(cannot_change(folder, failed));
  return {};
}

}  // namespace

fs::path DatedStores::path(Timestamp covers) const { return folder_ / std::to_string(epoch_ms(covers)); }

std::vector<Timestamp> DatedStores::list() const {
  std::vector<Timestamp> found;
  std::error_code failed;
  for (fs::directory_iterator it(folder_, failed), end; !failed && it != end; it.increment(failed)) {
    if (const auto at = whole_number<std::int64_t>(it->path().filename().string()))
      found.push_back(from_epoch_ms(*at));
  }
  std::ranges::sort(found);
  return found;
}

StoreResult<void> DatedStores::thin(const fs::path& live, Timestamp now, std::uint64_t limit_bytes) const {
  StoreResult<void> removed;
  const auto remove = [&](Timestamp at) {
    if (removed) removed = remove_copy(path(at));
  };
  const auto found = list();
  std::vector<Timestamp> kept;
  std::set<std::int64_t> taken;
  for (const auto at : found) {
    const auto bucket = bucket_of(at, now);
    const bool is_first = bucket && taken.insert(*bucket).second;
    if (is_first || at == found.back())
      kept.push_back(at);
    else
      remove(at);
  }
  // The newest first, until no more fits: what several share is counted with the newest of them.
  Weighing weighing(live);
  for (auto at = kept.rbegin(); at != kept.rend(); ++at) {
    weighing.add(path(*at));
    if (*at != found.back() && weighing.bytes() > limit_bytes) remove(*at);
  }
  return removed;
}

DatedReport DatedStores::report(const fs::path& live) const {
  DatedReport report;
  Weighing weighing(live);
  for (const auto at : list()) {
    ++report.copies;
    weighing.add(path(at));
  }
  report.bytes = weighing.bytes();
  return report;
}

StoreResult<void> DatedStores::copy(Timestamp covers, const fs::path& into) const {
  std::error_code failed;
  fs::create_directories(into, failed);
  for (fs::directory_iterator it(path(covers), failed), end; !failed && it != end; it.increment(failed)) {
    const auto to = into / it->path().filename();
    if (it->path().extension() == ".sst")
      fs::create_hard_link(it->path(), to, failed);
    else
      fs::copy_file(it->path(), to, failed);
    if (failed) break;
  }
  if (!failed) return {};
  std::error_code ignored;
  fs::remove_all(into, ignored);
  return std::unexpected(cannot_change(into, failed));
}

}  // namespace casetrail::storage
