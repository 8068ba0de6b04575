// A window that is far too small knows the same next timer as a plain list of all of them.
#include "workers/command/timer_window.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/support/events_of.h"
#include "tests/support/map_store.h"

namespace casetrail::command {
namespace {

constexpr std::uint64_t kHistories = 200;
constexpr int kMoves = 60;

/// Cases whose timers are set, moved and cleared, and written as a partition writes them.
class Timers {
 public:
  explicit Timers(std::uint64_t seed) : random_(seed), window_(1 + below(8)) {
    EXPECT_TRUE(window_.load(store_));
  }

  /// Some moves in one batch, and then either their writing or a crash.
  void move_some() {
    auto moved = set_;
    for (auto moves = below(12); moves > 0; --moves) {
      const CaseId case_id{"case-" + std::to_string(below(40))};
      const auto to = below(4) == 0 ? std::nullopt : std::optional(kMonday + std::chrono::minutes(below(30)));
      const auto from = moved[case_id.value];
      window_.move(case_id, from, to);
      moved[case_id.value] = to;
    }
    if (below(8) == 0) {
      EXPECT_TRUE(window_.load(store_));
      return;
    }
    write(moved);
    set_ = std::move(moved);
    EXPECT_TRUE(window_.refill(store_));
  }

  void expect_the_next_one_known() const {
    std::optional<TimedKey> next;
    for (const auto& [case_id, due] : set_) {
      if (due && (!next || TimedKey{*due, case_id} < *next)) next = TimedKey{*due, case_id};
    }
    ASSERT_FALSE(window_.exhausted()) << "and everything was written";
    ASSERT_EQ(window_.earliest() != nullptr, next.has_value());
    if (next) {
      EXPECT_EQ(*window_.earliest(), *next);
    }
  }

 private:
  using Due = std::map<std::string, std::optional<Timestamp>>;

  std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }

  void write(const Due& moved) {
    storage::StoreBatch batch;
    for (const auto& [case_id, due] : set_) {
      if (due) batch.erase(family::kTimers, encode(TimedKey{*due, case_id}));
    }
    for (const auto& [case_id, due] : moved) {
      if (due) batch.put(family::kTimers, encode(TimedKey{*due, case_id}), "");
    }
    EXPECT_TRUE(store_.write(batch));
  }

  std::mt19937_64 random_;
  MapStore store_;
  TimerWindow window_;
  Due set_;
};

TEST(TimerWindow, KnowsTheNextTimerHoweverFewItHolds) {
  const auto first = std::random_device{}();
  for (std::uint64_t seed = first; seed < first + kHistories && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Timers timers(seed);
    for (int i = 0; i < kMoves && !testing::Test::HasFailure(); ++i) {
      timers.move_some();
      timers.expect_the_next_one_known();
    }
  }
}

}  // namespace
}  // namespace casetrail::command
