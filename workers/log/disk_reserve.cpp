// A file system is asked ten times a second; in between, what is let through is counted.
#include "workers/log/disk_reserve.h"

#include <fmt/core.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace casetrail::log {

namespace {

constexpr auto kAskEvery = std::chrono::milliseconds(100);

/// As good as endless where it cannot be asked: then a write will say what is wrong.
std::uint64_t free_in(const std::filesystem::path& folder) {
  std::error_code failed;
  const auto space = std::filesystem::space(folder, failed);
  return failed ? UINT64_MAX : space.available;
}

}  // namespace

DiskReserve::DiskReserve(std::filesystem::path folder, std::uint64_t bytes)
    : folder_(std::move(folder)), bytes_(bytes) {}

bool DiskReserve::has_room_for(std::uint64_t bytes) {
  if (bytes_ == 0) return true;
  const auto now = Clock::now().time_since_epoch().count();
  const bool ask = now >= ask_at_;
  const auto left = ask ? free_in(folder_) : free_.load();
  const bool room = left >= bytes && left - bytes >= bytes_;
  free_ = room ? left - bytes : left;
  if (ask)
    ask_at_ = now + Clock::duration(kAskEvery).count();  // others ask, too, until what is free is known
  return room;
}

std::string DiskReserve::refusal() const {
  constexpr std::uint64_t kMiB = std::uint64_t{1} << 20U;
  return fmt::format(
      "Disk full: cannot write the log in {}, for {} MiB are free and {} MiB are kept in reserve. Free "
      "space: casetrail "
      "resumes by itself; or lower --disk-reserve.",
      folder_.string(), std::min(free_.load(), free_in(folder_)) / kMiB, bytes_ / kMiB);
}

}  // namespace casetrail::log
