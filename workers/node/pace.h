// How what is behind goes on, by who asks now and then.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace casetrail::node {

/// Any thread. Parts are known by their names, and asked about while they are behind.
class Pace {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Pace(std::function<Clock::time_point()> now = Clock::now) : now_(std::move(now)) {}

  /// Whether `part`, which is at `position`, moved within five seconds before it was asked about; one that
  /// was not asked about for a minute has just moved.
  [[nodiscard]] bool goes_on(const std::string& part, std::int64_t position);

  /// For the `left` records that it has still to take; nothing as long as it has no rate.
  [[nodiscard]] std::optional<double> seconds_left(const std::string& part, std::int64_t left) const;

 private:
  struct Run {
    std::int64_t first;  ///< where it was when it was first asked about
    Clock::time_point begun;
    std::int64_t last;
    Clock::time_point moved;
    Clock::time_point asked;
  };

  std::function<Clock::time_point()> now_;
  mutable std::mutex mutex_;  ///< guards the next one
  std::map<std::string, Run> runs_;
};

}  // namespace casetrail::node
