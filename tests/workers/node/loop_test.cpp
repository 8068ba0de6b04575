// A thread that hangs is told from those that go on.
#include "workers/node/loop.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

namespace casetrail::node {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Loops, TheOneThatBeginsNoStepIsNamedUntilItGoesOn) {
  std::atomic<bool> hangs = true;
  Loops loops;
  loops.add("turns", []() -> std::expected<void, std::string> {
    std::this_thread::sleep_for(1ms);
    return {};
  });
  loops.add("hangs", [&]() -> std::expected<void, std::string> {
    while (hangs) std::this_thread::sleep_for(1ms);
    std::this_thread::sleep_for(1ms);
    return {};
  });
  EXPECT_THAT(loops.standing_still(kStandsStillAfter), IsEmpty());
  std::this_thread::sleep_for(1500ms);
  EXPECT_THAT(loops.standing_still(1000ms), ElementsAre("hangs"));
  hangs = false;
  const auto until = std::chrono::steady_clock::now() + 20s;
  while (!loops.standing_still(1000ms).empty() && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(1ms);
  EXPECT_THAT(loops.standing_still(1000ms), IsEmpty());
}

TEST(Loops, AnErrorIsAStepToo) {
  std::atomic<int> steps = 0;
  Loops loops;
  loops.add("errs", [&]() -> std::expected<void, std::string> {
    ++steps;
    return std::unexpected("It did not work.");
  });
  while (steps < 2) std::this_thread::sleep_for(5ms);
  EXPECT_THAT(loops.standing_still(10s), IsEmpty());
}

}  // namespace
}  // namespace casetrail::node
