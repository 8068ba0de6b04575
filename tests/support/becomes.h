// Waiting for what another thread does, without a time that a test has to guess.
#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace casetrail::test {

/// Waits until `true_now`, for some seconds.
[[nodiscard]] inline bool becomes(const std::function<bool()>& true_now) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!true_now() && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return true_now();
}

}  // namespace casetrail::test
