// Work that may wait or take long, kept off the server's thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

namespace casetrail {

/// Runs errands one at a time on one thread, each not before its time. What is left when it ends is dropped.
class Errands {
 public:
  using Clock = std::chrono::steady_clock;
  using Errand = std::function<void()>;

  Errands();
  ~Errands();
  Errands(const Errands&) = delete;
  Errands& operator=(const Errands&) = delete;

  /// Any thread.
  void add(Errand errand, Clock::time_point not_before = {});

 private:
  struct Due {
    Clock::time_point at;
    std::uint64_t number;  ///< keeps the order of equals
    Errand errand;
    bool operator<(const Due& other) const { return at != other.at ? at > other.at : number > other.number; }
  };

  void run(const std::stop_token& stop);

  std::mutex mutex_;  ///< guards all below
  std::condition_variable_any changed_;
  std::priority_queue<Due> due_;
  std::uint64_t added_ = 0;
  std::jthread thread_;
};

}  // namespace casetrail
