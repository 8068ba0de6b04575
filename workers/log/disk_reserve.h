// How much of its disk the log leaves free.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace casetrail::log {

/// Watches the free space of one file system. What was accepted is still decided, stored and tidied up: out
/// of what is left in reserve. Any thread.
class DiskReserve {
 public:
  /// Without `bytes` there is always room.
  DiskReserve(std::filesystem::path folder, std::uint64_t bytes);

  /// Whether `bytes` more leave the reserve as it is. Asks the file system now and then only.
  [[nodiscard]] bool has_room_for(std::uint64_t bytes);

  /// What to tell who has no room, a sentence with the remedy.
  [[nodiscard]] std::string refusal() const;

 private:
  using Clock = std::chrono::steady_clock;

  std::filesystem::path folder_;
  std::uint64_t bytes_;
  std::atomic<std::uint64_t> free_ = 0;  ///< when it was last asked for, less what was let through since
  std::atomic<Clock::rep> ask_at_ = 0;
};

}  // namespace casetrail::log
