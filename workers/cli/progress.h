// A progress bar on the terminal, and nothing where nobody is watching.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace casetrail::cli {

/// Draws on stderr, at most ten times a second, when that is a terminal. Cleared when it ends.
class ProgressBar {
 public:
  ProgressBar(std::string title, std::string unit);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// `total` 0: not known yet.
  void show(std::int64_t done, std::int64_t total);

 private:
  using Clock = std::chrono::steady_clock;

  std::string title_;
  std::string unit_;
  bool watched_;
  bool drawn_ = false;
  Clock::time_point begun_ = Clock::now();
  Clock::time_point drawn_at_{};
};

}  // namespace casetrail::cli
