// Looks five times a second whether it is wanted still.
#include "workers/cli/stop_signals.h"

#include <fmt/format.h>
#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace casetrail::cli {

sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

Interruption::Interruption() : waiting_([this](const std::stop_token& over) { wait(over); }) {}

int await_stop_signal(const sigset_t& signals) {
  constexpr timespec kLook{.tv_sec = 0, .tv_nsec = 200'000'000};
  return std::max(sigtimedwait(&signals, nullptr, &kLook), 0);
}

void Interruption::wait(const std::stop_token& over) {
  while (await_stop_signal(signals_) == 0) {
    if (over.stop_requested()) return;
  }
  fmt::print(stderr, "casetrail: interrupted; what the trial made is removed. Once more ends it at once.\n");
  requested_.request_stop();
  pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
  // The next signal needs a thread that does not block it.
  while (!over.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
}

}  // namespace casetrail::cli
