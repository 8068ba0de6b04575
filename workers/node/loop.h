// Threads that do one step after the other until they are told to stop.
#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <expected>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace casetrail::node {

/// A step may wait for brokers or a disk for minutes, one partition after the other, and goes on by itself;
/// what takes longer hangs.
inline constexpr std::chrono::minutes kStandsStillAfter{10};

/// A set of such threads, ended together.
class Loops {
 public:
  using Step = std::function<std::expected<void, std::string>()>;

  Loops() = default;
  Loops(const Loops&) = delete;
  Loops& operator=(const Loops&) = delete;
  /// Returns when the steps under way have ended.
  ~Loops();

  /// Calls `step` again and again on a thread of this name. An error is a sentence: it is logged when it is
  /// new, and the next step waits a little.
  void add(std::string name, Step step);

  /// Those that have begun no step for as long. Any thread, once all were added.
  [[nodiscard]] std::vector<std::string> standing_still(std::chrono::steady_clock::duration patience) const;

 private:
  struct Beat {
    std::string name;
    std::atomic<std::chrono::steady_clock::time_point> began = std::chrono::steady_clock::now();
  };

  std::deque<Beat> beats_;  ///< of the threads, in their order
  std::vector<std::jthread> threads_;
};

}  // namespace casetrail::node
