// The first signal asks, the second one ends the process.
#include "workers/cli/stop_signals.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>

namespace casetrail::cli {
namespace {

using namespace std::chrono_literals;

void interrupt_twice() {
  const Interruption interruption;
  kill(getpid(), SIGINT);
  while (!interruption.token().stop_requested()) std::this_thread::sleep_for(1ms);
  // The thread that took the first one has had time to end, were it to.
  std::this_thread::sleep_for(500ms);
  kill(getpid(), SIGINT);
  std::this_thread::sleep_for(10s);
}

TEST(Interruption, TheSecondSignalEndsTheProcess) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(interrupt_twice(), testing::KilledBySignal(SIGINT), "interrupted");
}

}  // namespace
}  // namespace casetrail::cli
