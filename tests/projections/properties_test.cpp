// What holds for every view, whatever happened: over random histories, from printed seeds.
#include <algorithm>
#include <iostream>

#include "tests/projections/board_test.h"
#include "tests/support/random_event.h"

namespace casetrail {
namespace {

constexpr std::uint64_t kSeeds = 70;

class EveryView : public testing::TestWithParam<std::string_view> {
 protected:
  static MapRows fold_with_cuts(std::string_view view, const std::vector<CaseEvent>& events,
                                std::size_t every) {
    MapRows rows;
    auto fold = find_view(view)->open(rows);
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (i % every == 0) {
        rows.take(*fold);
        fold = find_view(view)->open(rows);
      }
      fold->apply(events[i]);
    }
    rows.take(*fold);
    return rows;
  }

  static BoardQuery everything() {
    BoardQuery query{.now = kMonday + std::chrono::days(1)};
    if (GetParam() == "history") query.filters["case"] = "case-1";
    return query;
  }
};

TEST_P(EveryView, ReopenedAnywhereIsEqualToNeverClosedByteForByte) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto events = random_history(seed, 4, 120);
    const auto whole = fold(GetParam(), events);
    EXPECT_FALSE(whole.all().empty());
    ASSERT_EQ(fold_with_cuts(GetParam(), events, 1 + seed % 40).all(), whole.all());
  }
}

TEST_P(EveryView, WrittenAfterEveryEventWithoutReopeningIsEqual) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto events = random_history(seed, 4, 60);
    MapRows rows;
    const auto view = find_view(GetParam())->open(rows);
    for (const auto& event : events) {
      view->apply(event);
      rows.take(*view);
    }
    ASSERT_EQ(rows.all(), fold(GetParam(), events).all());
  }
}

TEST_P(EveryView, ShowsTheSameBoardHoweverCasesLieInPartitions) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto events = random_history(seed, 6, 150);
    std::array<std::vector<CaseEvent>, 3> split;
    for (const auto& event : events) split.at(std::hash<CaseId>{}(event.case_id) % 3).push_back(event);
    const std::array partitions{fold(GetParam(), split[0]), fold(GetParam(), split[1]),
                                fold(GetParam(), split[2])};
    const std::array<const Rows*, 3> views{&partitions[2], &partitions[0], &partitions[1]};
    const auto answer = find_view(GetParam())->render(views, everything());
    ASSERT_TRUE(answer) << answer.error();
    ASSERT_EQ(*answer, board(GetParam(), fold(GetParam(), events), everything()));
  }
}

TEST_P(EveryView, ShowsTheSameBoardHoweverCasesInterleave) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    auto events = random_history(seed, 4, 100);
    const auto mixed = board(GetParam(), fold(GetParam(), events), everything());
    std::ranges::stable_sort(events, {}, &CaseEvent::case_id);
    ASSERT_EQ(board(GetParam(), fold(GetParam(), events), everything()), mixed);
  }
}

TEST_P(EveryView, RendersValidJson) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const auto json = board(GetParam(), fold(GetParam(), random_history(seed, 4, 100)), everything());
    ASSERT_NE(at(json, "/totals"), "missing") << "seed " << seed;
    ASSERT_NE(at(json, "/metrics"), "missing") << "seed " << seed;
    ASSERT_NE(at(json, "/rows"), "missing") << "seed " << seed;
  }
}

TEST_P(EveryView, HandsOverChangesInKeyOrderEachOnce) {
  MapRows rows;
  const auto view = find_view(GetParam())->open(rows);
  for (const auto& event : random_history(7, 5, 300)) view->apply(event);
  std::vector<std::string> keys;
  view->write_changes([&](std::string_view key, auto) { keys.emplace_back(key); });
  EXPECT_TRUE(std::ranges::is_sorted(keys));
  EXPECT_EQ(std::ranges::adjacent_find(keys), keys.end());
  view->write_changes([](std::string_view key, auto) { ADD_FAILURE() << "written twice: " << key; });
}

TEST_P(EveryView, SaysWhichEventsItIgnores) {
  const auto ignored = find_view(GetParam())->ignored_events();
  std::cout << GetParam() << " ignores " << ignored.size() << " of " << event_codecs().size() << " types:\n";
  for (const auto type : ignored) std::cout << "  " << type << '\n';
  EXPECT_EQ(std::ranges::count(ignored, "request.registered"), 0);
  EXPECT_LT(ignored.size(), event_codecs().size());
}

INSTANTIATE_TEST_SUITE_P(Views, EveryView, testing::Values("handoff", "follow_up", "review", "history"),
                         [](const auto& view) { return std::string(view.param); });

}  // namespace
}  // namespace casetrail
