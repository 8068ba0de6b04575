// Looks for a signal five times a second.
#include "workers/cli/stop_signals.h"

#include <fmt/format.h>
#include <pthread.h>

#include <cstdio>

namespace casetrail {

sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

Interruption::Interruption() : waiting_([this](const std::stop_token& over) { wait(over); }) {}

void Interruption::wait(const std::stop_token& over) {
  constexpr timespec kLook{.tv_sec = 0, .tv_nsec = 200'000'000};
  while (!over.stop_requested()) {
    if (sigtimedwait(&signals_, nullptr, &kLook) <= 0) continue;
    fmt::print(stderr,
               "casetrail: interrupted; what the trial made is removed. Once more ends it at once.\n");
    requested_.request_stop();
    pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
    return;
  }
}

}  // namespace casetrail
