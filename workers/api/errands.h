// Work that may wait or take long, kept off the server's thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

namespace casetrail::api {

/// Runs errands one at a time on one thread, each not before its time. What is left when it ends is dropped,
/// and so is one that throws.
class Errands {
 public:
  using Clock = std::chrono::steady_clock;
  using Errand = std::function<void()>;

  /// So many may wait to be begun.
  explicit Errands(std::size_t most_waiting);
  ~Errands();
  /// Waits for the errand that is being run; no other is begun. The destructor does the same.
  void stop();
  Errands(const Errands&) = delete;
  Errands& operator=(const Errands&) = delete;

  /// Any thread. False: there are as many as may wait; it is dropped.
  [[nodiscard]] bool offer(Errand errand);
  /// Any thread. For what was offered before and has to look again: it counts as begun.
  void add(Errand errand, Clock::time_point not_before);

 private:
  enum class Origin { offered, added };
  struct Due {
    Clock::time_point at;
    std::uint64_t number;  ///< keeps the order of equals
    Errand errand;
    Origin origin;
    bool operator<(const Due& other) const { return at != other.at ? at > other.at : number > other.number; }
  };

  void run(const std::stop_token& stop);

  const std::size_t most_waiting_;
  std::mutex mutex_;  ///< guards all below
  std::condition_variable_any changed_;
  std::priority_queue<Due> due_;
  std::size_t offered_ = 0;  ///< of `due_`
  std::uint64_t added_ = 0;
  std::jthread thread_;
};

}  // namespace casetrail::api
