// The policy file: a sentence that names a line, or a policy that decides a whole story, timers and all.
#include "aggregates/policy/policy.h"

#include <algorithm>
#include <map>

#include "aggregates/case/decider.h"
#include "events/wire/utf8.h"
#include "tests/fuzz/harness.h"
#include "tests/support/borrowed_message.h"
#include "tests/support/events_of.h"
#include "tests/support/every_command.h"

using namespace casetrail;

namespace {

constexpr int kTimers = 300;        ///< of a case that are fired
constexpr int kMostAtOneTime = 50;  ///< more are one that never gives way

/// Events that cannot be written and read back would damage their case.
void record(CaseState& state, const CaseId& case_id, Timestamp now, const std::vector<Event>& events) {
  for (const auto& fact : events) {
    CaseEvent event;
    event.case_id = case_id;
    event.seq = state.seq + 1;
    event.occurred_at = event.recorded_at = now;
    event.actor =
        Actor{.kind = ActorKind::agent, .id = "li.wei", .department_id = {}, .role = {}, .badge_no = {}};
    event.event = fact;
    evolve(state, event);
    const auto written = write_event(event);
    const BorrowedMessage borrowed(written);
    CaseEvent again;
    const auto read = read_event(borrowed.view(), again);
    fuzz::must(read.reading == Reading::ours, "what a policy decides can be read", read.reason);
    fuzz::must(write_event(again).value == written.value, "what a policy decides is read back as it was",
               written.value);
  }
}

void fire_timers(const CaseId& case_id, CaseState& state, const Policy& policy) {
  Timestamp now = kMonday;
  int at_one_time = 0;
  for (int fired = 0; fired < kTimers; ++fired) {
    const auto due = earliest_due(state);
    if (!due) return;
    at_one_time = *due > now ? 0 : at_one_time + 1;
    fuzz::must(at_one_time < kMostAtOneTime, "a timer that has fired gives way to time");
    now = std::max(now, *due);
    record(state, case_id, now, fire_earliest_timer(state, now, policy));
  }
}

void tell_story(const Policy& policy) {
  std::map<CaseId, CaseState> cases;
  for (const auto& envelope : story_of_every_command(kMonday)) {
    auto& state = cases[envelope.case_id];
    const auto events = decide(state, envelope, kMonday, policy);
    if (events) record(state, envelope.case_id, kMonday, *events);
  }
  for (auto& [case_id, state] : cases) fire_timers(case_id, state, policy);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto yaml = fuzz::text_of(bytes, size);
  const auto policy = parse_policy(yaml);
  if (policy) {
    tell_story(*policy);
    return 0;
  }
  const auto lines = std::ranges::count(yaml, '\n') + 1;
  fuzz::must(policy.error().sentence.starts_with("Expected "), "an error has a sentence",
             policy.error().sentence);
  fuzz::must(policy.error().line >= 0 && policy.error().line <= lines + 1,
             "an error names a line of the file", policy.error().sentence);
  return 0;
}
