// SIGINT and SIGTERM as something to wait for, instead of the end of the process.
#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace casetrail::cli {

/// Blocked in the calling thread and in every thread that it begins from now on.
sigset_t block_stop_signals();

/// Waits a fifth of a second for one of the blocked signals; 0 when none came.
[[nodiscard]] int await_stop_signal(const sigset_t& signals);

/// Turns the first stop signal into a request; a second one ends the process as if nobody waited. Made before
/// any other thread of the process.
class Interruption {
 public:
  Interruption();

  [[nodiscard]] std::stop_token token() const { return requested_.get_token(); }

 private:
  void wait(const std::stop_token& over);

  sigset_t signals_ = block_stop_signals();
  std::stop_source requested_;
  std::jthread waiting_;
};

}  // namespace casetrail::cli
