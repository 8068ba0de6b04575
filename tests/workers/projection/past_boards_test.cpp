// Boards of moments that have passed equal, byte for byte, what the live ones showed then.
#include "workers/projection/past_boards.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>

#include "projections/boards.h"
#include "tests/support/number_from.h"
#include "tests/support/random_event.h"
#include "tests/workers/projection/projection_rig.h"

namespace casetrail::projection {
namespace {

using testing::HasSubstr;

constexpr std::uint64_t kLives = 8;  ///< unless CASETRAIL_HISTORIES says otherwise
constexpr int kMoments = 60;

std::vector<const kit::ViewType*> board_views() {
  std::vector<const kit::ViewType*> all;
  for (const auto& view : view_types()) {
    if (view.worker == view_types().front().worker) all.push_back(&view);
  }
  return all;
}

class PastBoardsTest : public ProjectionTest {
 protected:
  /// The board of `as_of`, or why there is none.
  [[nodiscard]] std::string past(Timestamp as_of, std::size_t index = 0) {
    for (int calls = 0; calls < 1'000; ++calls) {
      const auto progress = past_.make(as_of);
      if (!progress) return progress.error().sentence;
      EXPECT_LE(progress->done, progress->total);
      if (!progress->is_made) continue;
      const auto board = past_.render(as_of, index, {.now = as_of});
      return board ? board->json : board.error().sentence;
    }
    return "never made";
  }
  void happen_at(Timestamp at, std::mt19937_64& random) {
    const auto number = static_cast<std::size_t>(random() % 5);
    auto fact =
        event("case-" + std::to_string(number), ++seqs_[number], static_cast<log::Offset>(random() % 40));
    fact.event = random_event(random);
    fact.recorded_at = at;
    append(fact);
  }
  [[nodiscard]] std::size_t copies_kept() { return past_copies_.copies()->size(); }

 private:
  std::map<std::size_t, std::int64_t> seqs_;
  MapCopies past_copies_;
  PastBoards past_{log, {"boards", board_views()}, past_copies_};
};

/// A life of its own log.
class Life final : public PastBoardsTest {
 public:
  explicit Life(std::uint64_t seed) : random_(seed) {}

  void play() {
    const auto views = board_views();
    const auto live = start(views);
    for (int i = 0; i < kMoments; ++i) {
      live->now += Duration{static_cast<std::int64_t>(random_() % 5'000)};
      for (auto events = random_() % 4; events > 0; --events) happen_at(live->now, random_);
      live->feed();
      const auto view = random_() % views.size();
      const auto board = live->boards->render(views[view]->name, {.now = live->now});
      ASSERT_TRUE(board) << board.error().sentence;
      const bool is_empty =
          std::ranges::all_of(board->offsets, [](const auto& offset) { return offset.second == 0; });
      if (!is_empty) shown_.push_back({live->now, view, board->json});
      live->now += Duration{1};
    }
  }

  /// In any order: forward a copy goes on, backward another is begun.
  void compare() {
    ASSERT_GT(shown_.size(), kMoments / 2U);
    std::ranges::shuffle(shown_, random_);
    for (const auto& [at, view, json] : shown_) ASSERT_EQ(past(at, view), json) << to_wire(at);
    EXPECT_LE(copies_kept(), PastBoards::kMostKept);
  }

 private:
  struct Shown {
    Timestamp at;
    std::size_t view;
    std::string json;
  };

  void TestBody() override {}

  std::mt19937_64 random_;
  std::vector<Shown> shown_;
};

TEST(PastBoards, EqualWhatTheLiveOnesShowedThen) {
  const auto first = std::random_device{}();
  const auto lives = number_from("CASETRAIL_HISTORIES").value_or(kLives);
  for (std::uint64_t seed = first; seed < first + lives && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Life life(seed);
    life.play();
    life.compare();
  }
}

TEST_F(PastBoardsTest, BeforeTheFirstEventThereIsNone) {
  std::mt19937_64 random(1);
  happen_at(kMonday, random);
  EXPECT_THAT(past(kMonday - Duration{1}), HasSubstr("Nothing was recorded until"));
  EXPECT_THAT(past(kMonday), HasSubstr(R"({"view":)"));
}

TEST_F(PastBoardsTest, AStoreThatFailsIsGivenUpAndTheNextQuestionBeginsAnew) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 20; ++i) happen_at(kMonday + Duration{i}, random);
  append({.key = "case-1",
          .value = "{}",
          .headers = {{"casetrail-writer", "99"}},
          .timestamp = kMonday + Duration{30}});
  EXPECT_THAT(past(kMonday + Duration{40}), HasSubstr("Upgrade this binary"));
  EXPECT_THAT(past(kMonday + Duration{25}), HasSubstr(R"({"view":)"));
}

}  // namespace
}  // namespace casetrail::projection
