// The SLA board over cases that the engine decided, held against the state of each case and against its
// events.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "aggregates/case/draft.h"
#include "events/case/timer.h"
#include "tests/projections/board_test.h"
#include "tests/projections/split_board.h"
#include "tests/support/random_command.h"

namespace casetrail::sla {
namespace {

constexpr int kCasesWalked = 150;
constexpr int kStepsOfACase = 120;

/// Half of the steps are random, half lead the case on, so that it is resolved, reopened and closed.
Given walked(std::mt19937_64& random, int number) {
  Given story(number % 2 == 0 ? Policy{} : a_strict_policy());
  story.of("case-" + std::to_string(number));
  for (int step = 0; step < kStepsOfACase; ++step) {
    if (random() % 3 == 0) story.after(std::chrono::minutes(random() % 2000));
    const std::string who(1, static_cast<char>('a' + random() % 3));
    if (random() % 2 == 0) {
      story.as(system_actor()).when(next_step(story.state()));
    } else {
      story.as(random() % 4 == 0 ? system_actor() : agent(who, who)).when(random_command(random));
    }
  }
  return story;
}

template <class Check>
void for_cases(Check&& check) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int i = 0; i < kCasesWalked && !testing::Test::HasFailure(); ++i) check(walked(random, i));
}

std::string board_at(std::string_view view, const std::vector<CaseEvent>& log, Timestamp now) {
  return board(view, fold(view, log), {.now = now, .limit = 1'000'000});
}

/// Targets by how they stand: `running resolution 2026-…`.
using Targets = std::multiset<std::string>;

Targets open_targets_on(const std::string& json) {
  Targets open;
  simdjson::dom::parser parser;
  for (const simdjson::dom::array rows = parser.parse(json)["rows"].get_array().value();
       const auto row : rows) {
    const auto state = std::string(row["state"].get_string().value());
    if (state != "running" && state != "paused") continue;
    const auto due = row["due"].is_null() ? std::string() : std::string(row["due"].get_string().value());
    open.insert(state + " " + std::string(row["target"].get_string().value()) + " " + due);
  }
  return open;
}

/// By the timers that the case has.
Targets open_targets_of(const CaseState& state) {
  Targets open;
  for (const auto& timer : state.timers) {
    const auto target = metric_of(timer.kind);
    const bool is_step = clocked_metric(timer.kind) && timer.timer_id.value != name_of(timer.kind);
    if (!target || is_step) continue;
    open.insert((timer.paused_with_ms ? "paused " : "running ") + std::string(name_of(*target)) + " " +
                (timer.paused_with_ms ? "" : to_wire(timer.due_at)));
  }
  return open;
}

/// The case as it was behind some of its events, the last one among them.
template <class OnMoment>
void for_moments(const Given& story, OnMoment&& on_moment) {
  CaseState state;
  std::vector<CaseEvent> log;
  for (const auto& event : story.log()) {
    evolve(state, event);
    log.push_back(event);
    if (log.size() % 37 == 0 || log.size() == story.log().size()) on_moment(state, log);
  }
}

TEST(SlaBoardOfWalks, WhatIsOpenIsWhatTheCaseHasTimersFor) {
  std::set<std::string> seen;
  for_cases([&](const Given& story) {
    for_moments(story, [&](const CaseState& state, const std::vector<CaseEvent>& log) {
      const auto open = open_targets_of(state);
      EXPECT_EQ(open_targets_on(board_at("sla", log, story.now())), open) << story;
      for (const auto& target : open) seen.insert(target.substr(0, target.rfind(' ')));
    });
  });
  EXPECT_GE(seen.size(), 4) << testing::PrintToString(seen) << " alone were open";
}

/// The number of the last target of this kind that has no handoff, as its row; empty when there is none.
std::string last_row_of(const std::string& json, std::string_view target) {
  std::string last;
  int highest = 0;
  for (const auto& row : kit::rows_of(json)) {
    if (at(row, "/target") != "\"" + std::string(target) + "\"") continue;
    const auto no = at(row, "/no");
    const auto number = std::stoi(no.substr(2));
    if (number > highest) last = row;
    highest = std::max(highest, number);
  }
  return last;
}

TEST(SlaBoardOfWalks, ARowAgreesWithTheClockOfItsCase) {
  int missed = 0;
  for_cases([&](const Given& story) {
    const auto json = board_at("sla", story.log(), story.now());
    for (const auto& clock : story.state().clocks) {
      const auto row = last_row_of(json, name_of(clock.metric));
      ASSERT_FALSE(row.empty()) << name_of(clock.metric) << story;
      const auto state = at(row, "/state");
      EXPECT_EQ(state == "\"missed\"" || state == "\"excused\"", clock.missed_at.has_value()) << row << story;
      EXPECT_EQ(at(row, "/target_ms"), clock.target_ms == 0 ? "null" : std::to_string(clock.target_ms))
          << row;
      if (at(row, "/state") == "\"met\"" || at(row, "/state") == "\"paused\"") {
        EXPECT_EQ(at(row, "/used_ms"), std::to_string(clock.counted_ms)) << row << story;
      }
      if (clock.done) {
        EXPECT_EQ(at(row, "/left_ms"), "null") << row << story;
      }
      missed += clock.missed_at ? 1 : 0;
    }
  });
  EXPECT_GT(missed, 0);
}

/// How often each metric was met or missed, by the events alone: what was met and then went on is met no
/// longer.
struct Ends {
  std::map<std::string, std::int64_t> met;
  std::map<std::string, std::int64_t> missed;
};

Ends ends_in(const std::vector<CaseEvent>& log) {
  Ends ends;
  bool resolution_met = false;
  for (const auto& event : log) {
    if (const auto* fact = event.event.get_if<SlaTargetMet>()) {
      ++ends.met[std::string(name_of(fact->metric))];
      resolution_met = resolution_met || fact->metric == SlaMetric::resolution;
    }
    if (const auto* fact = event.event.get_if<SlaTargetMissed>())
      ++ends.missed[std::string(name_of(fact->metric))];
    const auto* set = event.event.get_if<TimerSet>();
    if (set == nullptr || set->timer_id.value != "resolution" || !resolution_met) continue;
    resolution_met = false;
    --ends.met["resolution"];
  }
  return ends;
}

std::int64_t sum_of(const std::map<std::string, std::int64_t>& counts) {
  std::int64_t sum = 0;
  for (const auto& [name, count] : counts) sum += count;
  return sum;
}

TEST(SlaBoardOfWalks, CountsWhatTheEventsTellAndTheBreachesOfTheListOfCases) {
  std::int64_t met_in_all = 0;
  std::int64_t missed_in_all = 0;
  for_cases([&](const Given& story) {
    const auto ends = ends_in(story.log());
    const auto json = board_at("sla", story.log(), story.now());
    EXPECT_EQ(at(json, "/totals/met"), std::to_string(sum_of(ends.met))) << story;
    const auto missed = std::stoi(at(json, "/totals/missed")) + std::stoi(at(json, "/totals/excused"));
    EXPECT_EQ(missed, sum_of(ends.missed)) << story;
    std::int64_t breached = 0;
    simdjson::dom::parser parser;
    const auto cases = board_at("cases", story.log(), story.now());
    for (const simdjson::dom::array all = parser.parse(cases).at_pointer("/metrics/sla").get_array().value();
         const auto target : all)
      breached += target["breached"].get_int64().value();
    EXPECT_EQ(missed, breached) << story;
    met_in_all += sum_of(ends.met);
    missed_in_all += sum_of(ends.missed);
  });
  EXPECT_GT(met_in_all, kCasesWalked);
  EXPECT_GT(missed_in_all, kCasesWalked);
}

TEST(SlaBoardOfWalks, NothingOfAClosedCaseIsStillToBeDone) {
  int closed = 0;
  for_cases([&](const Given& story) {
    if (story.state().status != CaseStatus::closed) return;
    ++closed;
    EXPECT_EQ(at(board_at("sla", story.log(), story.now()), "/totals/open"), "0") << story;
  });
  EXPECT_GT(closed, 0);
}

}  // namespace
}  // namespace casetrail::sla
