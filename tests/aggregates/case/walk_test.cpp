// Any commands in any order: nothing crashes, nothing fires for ever, and the events alone tell the state.
#include <gtest/gtest.h>

#include <random>

#include "aggregates/case/decide.h"
#include "aggregates/case/draft.h"
#include "events/wire/binary.h"
#include "tests/support/random_command.h"
#include "tests/support/random_event.h"

namespace casetrail {
namespace {

constexpr int kWalks = 150;
constexpr int kSteps = 120;

/// Half of the steps are random, half lead the case on, so that walks reach its far ends and return.
void take_step(Given& story, std::mt19937_64& random) {
  if (random() % 3 == 0) story.after(std::chrono::minutes(random() % 2000));
  if (random() % 2 == 0) {
    story.as(system_actor()).when(next_step(story.state()));
    return;
  }
  const std::string who(1, static_cast<char>('a' + random() % 3));
  story.as(random() % 4 == 0 ? system_actor() : agent(who, who)).when(random_command(random));
}

std::string json_of(const std::vector<Event>& events) {
  std::string json;
  for (const auto& event : events) event.append_json(json);
  return json;
}

TEST(Walk, LeavesAStateThatItsEventsAndItsBytesTellAgain) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  std::size_t closed = 0;
  for (int walk = 0; walk < kWalks; ++walk) {
    Given story(walk % 2 == 0 ? Policy{} : a_strict_policy());
    for (int step = 0; step < kSteps; ++step) {
      take_step(story, random);
      closed += story.state().status == CaseStatus::closed ? 1 : 0;
    }
    CaseState folded;
    for (const auto& event : story.log()) {
      ASSERT_EQ(event.seq, folded.seq + 1);
      evolve(folded, event);
    }
    const auto bytes = to_binary(story.state());
    ASSERT_EQ(to_binary(folded), bytes) << story;
    CaseState read;
    ASSERT_TRUE(from_binary(bytes, read));
    ASSERT_EQ(to_binary(read), bytes);
  }
  EXPECT_GT(closed, 0U) << "no walk came to an end: it proves too little";
}

TEST(Walk, EveryTimerEndsInTime) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int walk = 0; walk < kWalks; ++walk) {
    Given story(a_strict_policy());
    for (int step = 0; step < kSteps; ++step) take_step(story, random);
    // What a clock that stood still had to tell is told in turns.
    for (int leap = 0; leap < 10; ++leap) story.after(std::chrono::days{100});
    // What something keeps open, although its window is over or the customer is silent, is looked at for as
    // long as it does.
    auto state = story.state();
    const bool was_reminded = state.reminders >= a_strict_policy().waiting.reminders;
    std::erase_if(state.timers, [&](const RunningTimer& timer) {
      return has_subject(timer.timer_id, kLookAgain) ||
             (timer.kind == TimerKind::info_answer && was_reminded);
    });
    ASSERT_EQ(earliest_due(state), std::nullopt) << story;
  }
}

TEST(Walk, ACommandRepeatedIsDecidedTheSameAgain) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  Given story;
  for (int step = 0; step < 2000; ++step) {
    CommandEnvelope envelope;
    envelope.actor = agent("a", "a");
    envelope.command = random_command(random);
    const auto first = decide(story.state(), envelope, story.now(), Policy{});
    const auto second = decide(story.state(), envelope, story.now(), Policy{});
    ASSERT_EQ(first.has_value(), second.has_value());
    ASSERT_EQ(first ? json_of(*first) : first.error().sentence,
              second ? json_of(*second) : second.error().sentence);
    take_step(story, random);
  }
}

TEST(Walk, AnyImportedFactsInAnyOrderFold) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  CaseState state;
  for (int i = 0; i < 20'000; ++i) {
    CaseEvent event;
    event.seq = state.seq + 1;
    event.actor = {ActorKind::import_, "servicenow", {}, {}, {}};
    event.event = random_event(random);
    evolve(state, event);
    if (i % 50 == 0) state = CaseState{};
  }
  EXPECT_FALSE(state.lives_here);
  EXPECT_EQ(earliest_due(state), std::nullopt);
}

TEST(Walk, NoWordOfAPersonIsKeptInTheState) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  CaseState state;
  for (int i = 0; i < 20'000; ++i) {
    CaseEvent event;
    event.seq = state.seq + 1;
    event.event = random_event(random);
    evolve(state, event);
    if (i % 20 != 0) continue;
    ASSERT_EQ(to_binary(state).find(kPersonalText), std::string::npos) << codec_of(event.event).type;
    state = CaseState{};
  }
}

}  // namespace
}  // namespace casetrail
