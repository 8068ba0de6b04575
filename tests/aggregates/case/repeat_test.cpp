// Each type of command twice in a row, in the same moment: the second changes nothing.
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "aggregates/case/decider.h"
#include "tests/support/events_of.h"
#include "tests/support/every_command.h"

namespace casetrail {
namespace {

void take(CaseState& state, const CommandEnvelope& envelope, const std::vector<Event>& events,
          Timestamp now) {
  for (const auto& fact : events) {
    CaseEvent event;
    event.case_id = envelope.case_id;
    event.seq = state.seq + 1;
    event.occurred_at = event.recorded_at = now;
    event.actor = envelope.actor;
    event.event = fact;
    evolve(state, event);
  }
}

/// What was said, tried or reported twice happened twice.
const std::set<std::string_view> kHappensAgain{
    "call.attempt",         "callback.attempt",        "case.import",     "contact.reveal",
    "escalation.raise",     "handoff.request",         "progress.report", "request.amend",
    "return.authorize",     "review.recognition.give", "work.chase",      "work.note.add",
    "work.message.receive", "work.message.send"};

TEST(Repeated, ACommandChangesNothingUnlessItIsSomethingThatHappensAgain) {
  const Policy policy;
  std::map<CaseId, CaseState> cases;
  std::set<std::string_view> happened_again;
  for (const auto& step : story_of_every_command(kMonday)) {
    auto& state = cases[step.case_id];
    const auto first = decide(state, step, kMonday, policy);
    ASSERT_TRUE(first) << step.id.value << ' ' << first.error().sentence;
    take(state, step, *first, kMonday);
    const auto second = decide(state, step, kMonday, policy);
    if (second && !second->empty()) happened_again.insert(codec_of(step.command).type);
  }
  EXPECT_EQ(happened_again, kHappensAgain);
}

}  // namespace
}  // namespace casetrail
