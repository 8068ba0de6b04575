// What holds for every view, whatever happened: over random histories, from printed seeds.
#include <algorithm>
#include <iostream>
#include <map>
#include <random>
#include <regex>

#include "events/case/privacy.h"
#include "projections/boards.h"
#include "projections/kit/personal.h"
#include "tests/projections/board_test.h"
#include "tests/support/events_of.h"
#include "tests/support/plain_count.h"
#include "tests/support/random_event.h"

namespace casetrail {
namespace {

/// In all, a thousand for each view.
constexpr std::uint64_t kHistories = 250;

class EveryView : public testing::TestWithParam<std::string_view> {
 protected:
  /// Until one fails, which its seed then names.
  template <class Check>
  static void for_histories(std::uint64_t count, std::size_t cases, std::size_t events, Check&& check) {
    const auto first = std::random_device{}();
    for (std::uint64_t seed = first; seed < first + count && !HasFailure(); ++seed) {
      SCOPED_TRACE("seed " + std::to_string(seed));
      check(seed, random_history(seed, cases, events));
    }
  }

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

  static kit::BoardQuery everything() {
    kit::BoardQuery query{.now = kMonday + std::chrono::days(1)};
    if (GetParam() == "history") query.filters.emplace("case", "case-1");
    return query;
  }
};

TEST_P(EveryView, ReopenedAnywhereIsEqualToNeverClosedByteForByte) {
  std::size_t rows = 0;
  for_histories(kHistories, 4, 60, [&](std::uint64_t seed, const std::vector<CaseEvent>& events) {
    const auto whole = fold(GetParam(), events);
    rows += whole.all().size();
    EXPECT_EQ(fold_with_cuts(GetParam(), events, 1 + seed % 40).all(), whole.all());
  });
  EXPECT_GT(rows, kHistories);
}

TEST_P(EveryView, WrittenAfterEveryEventWithoutReopeningIsEqual) {
  for_histories(kHistories, 4, 40, [](std::uint64_t, const std::vector<CaseEvent>& events) {
    MapRows rows;
    const auto view = find_view(GetParam())->open(rows);
    for (const auto& event : events) {
      view->apply(event);
      rows.take(*view);
    }
    EXPECT_EQ(rows.all(), fold(GetParam(), events).all());
  });
}

TEST_P(EveryView, ShowsTheSameBoardHoweverCasesLieInPartitions) {
  for_histories(kHistories, 6, 60, [](std::uint64_t seed, const std::vector<CaseEvent>& events) {
    std::array<std::vector<CaseEvent>, 3> split;
    for (const auto& event : events)
      split.at((std::hash<CaseId>{}(event.case_id) ^ seed) % 3).push_back(event);
    const std::array partitions{fold(GetParam(), split[0]), fold(GetParam(), split[1]),
                                fold(GetParam(), split[2])};
    const std::array<const kit::Rows*, 3> views{&partitions[2], &partitions[0], &partitions[1]};
    const auto answer = find_view(GetParam())->render(views, everything());
    ASSERT_TRUE(answer) << answer.error();
    EXPECT_EQ(*answer, board(GetParam(), fold(GetParam(), events), everything()));
  });
}

TEST_P(EveryView, ShowsTheSameBoardHoweverCasesInterleave) {
  for_histories(kHistories, 4, 60, [](std::uint64_t, std::vector<CaseEvent> events) {
    const auto mixed = board(GetParam(), fold(GetParam(), events), everything());
    std::ranges::stable_sort(events, {}, &CaseEvent::case_id);
    EXPECT_EQ(board(GetParam(), fold(GetParam(), events), everything()), mixed);
  });
}

TEST_P(EveryView, CountsWhatPlainLoopsOverTheLogCount) {
  for_histories(kHistories, 4, 100, [](std::uint64_t, const std::vector<CaseEvent>& events) {
    const auto json = board(GetParam(), fold(GetParam(), events), everything());
    const auto of_case =
        std::ranges::count(events, "case-1", [](const auto& event) { return event.case_id.value; });
    if (GetParam() == "history") {
      EXPECT_EQ(at(json, "/totals/events"), std::to_string(of_case));
    }
    for (const auto& [pointer, counted] : plain_counts(GetParam(), events))
      EXPECT_EQ(at(json, pointer), std::to_string(counted)) << pointer;
  });
}

/// The history as a log tells it in which the keys of its erased customers were destroyed.
std::vector<CaseEvent> without_erased_texts(std::vector<CaseEvent> events) {
  std::map<CaseId, std::int64_t> erased;
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (event->event.get_if<CustomerErased>() != nullptr) erased.try_emplace(event->case_id, event->seq);
    const auto found = erased.find(event->case_id);
    if (found != erased.end() && event->seq < found->second)
      event->event = kit::event_without_texts(event->event);
  }
  return events;
}

TEST_P(EveryView, HasAfterAnErasureTheRowsOfALogWithoutThePersonByteForByte) {
  std::size_t erasures = 0;
  for_histories(kHistories, 3, 120, [&](std::uint64_t seed, const std::vector<CaseEvent>& events) {
    const auto erased = without_erased_texts(events);
    erasures += static_cast<std::size_t>(std::ranges::count_if(
        events, [](const auto& event) { return event.event.template get_if<CustomerErased>() != nullptr; }));
    EXPECT_EQ(fold_with_cuts(GetParam(), events, 1 + seed % 40).all(), fold(GetParam(), erased).all());
  });
  EXPECT_GT(erasures, kHistories / 2);
}

TEST_P(EveryView, CountsAfterAnErasureWhatItCountedBefore) {
  for_histories(kHistories, 3, 120, [](std::uint64_t, const std::vector<CaseEvent>& events) {
    auto kept = events;
    for (auto& event : kept) {
      if (event.event.get_if<CustomerErased>() != nullptr) event.event = HoldReleased{};
    }
    const auto of_erased = board(GetParam(), fold(GetParam(), events), everything());
    const auto of_kept = board(GetParam(), fold(GetParam(), kept), everything());
    // Whether two points to improve say the same nobody can tell once their words are gone.
    static const std::regex by_words(R"re("repeated_improvement_points":\d+)re");
    const auto counted = [](const std::string& json, const char* member) {
      return std::regex_replace(at(json, member), by_words, "");
    };
    for (const auto* member : {"/totals", "/metrics"})
      EXPECT_EQ(counted(of_erased, member), counted(of_kept, member)) << member;
  });
}

TEST_P(EveryView, RendersValidJson) {
  for_histories(100, 4, 100, [](std::uint64_t, const std::vector<CaseEvent>& events) {
    const auto json = board(GetParam(), fold(GetParam(), events), everything());
    for (const auto* member : {"/totals", "/metrics", "/rows"})
      EXPECT_NE(at(json, member), "missing") << member;
  });
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

INSTANTIATE_TEST_SUITE_P(Views, EveryView, testing::ValuesIn(view_names()),
                         [](const auto& view) { return std::string(view.param); });

}  // namespace
}  // namespace casetrail
