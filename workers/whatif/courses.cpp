// Both courses go from decision to decision of what happened; between two of them the other one's own timers
// fire.
#include "workers/whatif/courses.h"

#include <algorithm>
#include <utility>

#include "aggregates/case/decider.h"
#include "events/case/timer.h"

namespace casetrail::whatif {
namespace {

/// Events go on with the decision that led to the one before them.
bool goes_on(const CaseEvent& before, const CaseEvent& event) {
  if (!event.command_id.empty() || !before.command_id.empty()) return event.command_id == before.command_id;
  const bool begins =
      event.event.get_if<TimerExpired>() != nullptr || event.event.get_if<TimerWarned>() != nullptr;
  return !begins && event.recorded_at == before.recorded_at;
}

struct Course {
  CaseState state = {};
  std::vector<CaseEvent> events = {};

  void take(CaseEvent record, const Event& event) {
    record.seq = state.seq + 1;
    record.event = event;
    evolve(state, record);
    events.push_back(std::move(record));
  }
};

class TwoCourses {
 public:
  TwoCourses(const PolicyOf& policy_of, const Policy& other_policy, CommandsAgain& commands)
      : policy_of_(policy_of), other_policy_(other_policy), commands_(commands) {}

  void take(std::span<const CaseEvent> decision) {
    const auto& first = decision.front();
    const auto& then = policy_of_(first.policy_version);
    if (first.actor.kind == ActorKind::import_) {
      ++told_.imported;
      fire_own(first.recorded_at);
      take_over(decision);
    } else if (first.command_id.empty()) {
      take_timer(decision, then);
    } else {
      take_command(decision, then);
    }
    for (const auto& event : decision) happened_.take(event, event.event);
  }

  /// Timers that are due before `until`, unless what happened waits for the same one.
  void fire_own(Timestamp until) {
    for (auto due = earliest_due(other_.state); due && *due < until && due != earliest_due(happened_.state);
         due = earliest_due(other_.state)) {
      const auto& last = other_.events.back().recorded_at;
      fire(*due, std::max(*due, last));
    }
  }

  [[nodiscard]] Courses take_courses() && {
    told_.happened = std::move(happened_.events);
    told_.other = std::move(other_.events);
    return std::move(told_);
  }

 private:
  void take_over(std::span<const CaseEvent> decision) {
    for (const auto& event : decision) other_.take(event, event.event);
  }

  void fire(Timestamp due, Timestamp at) {
    CaseEvent record;
    record.case_id = other_.events.back().case_id;
    record.occurred_at = due;
    record.recorded_at = at;
    record.actor.kind = ActorKind::timer;
    record.actor.id = "casetrail";
    for (const auto& event : fire_earliest_timer(other_.state, at, other_policy_)) other_.take(record, event);
  }

  void take_timer(std::span<const CaseEvent> decision, const Policy& then) {
    const auto at = decision.front().recorded_at;
    const auto due = earliest_due(happened_.state);
    if (!due || !are_same(fire_earliest_timer(happened_.state, at, then), decision)) {
      ++told_.taken_over;
      return take_over(decision);
    }
    ++told_.decided;
    fire_own(*due);
    if (earliest_due(other_.state) == due) fire(*due, at);
  }

  void take_command(std::span<const CaseEvent> decision, const Policy& then) {
    const auto& first = decision.front();
    fire_own(first.recorded_at);
    const auto command = commands_.make(decision, happened_.state, then);
    if (!command) {
      ++told_.taken_over;
      return take_over(decision);
    }
    ++told_.decided;
    const auto events = decide(other_.state, *command, first.recorded_at, other_policy_);
    if (events) {
      for (const auto& event : *events) other_.take(first, event);
      return;
    }
    told_.refused.push_back(
        {first.seq, std::string(codec_of(first.event).type), events.error().code, events.error().sentence});
    const bool is_over =
        other_.state.status == CaseStatus::closed && happened_.state.status != CaseStatus::closed;
    if (!is_over) take_over(decision);
  }

  const PolicyOf& policy_of_;
  const Policy& other_policy_;
  CommandsAgain& commands_;
  Course happened_;
  Course other_;
  Courses told_;
};

}  // namespace

Courses decide_again(std::span<const CaseEvent> events, const PolicyOf& policy_of, const Policy& other,
                     Timestamp until, CommandsAgain& commands) {
  TwoCourses courses(policy_of, other, commands);
  for (auto begin = events.begin(); begin != events.end();) {
    auto end = begin + 1;
    while (end != events.end() && goes_on(*(end - 1), *end)) ++end;
    courses.take({begin, end});
    begin = end;
  }
  courses.fire_own(until);
  return std::move(courses).take_courses();
}

}  // namespace casetrail::whatif
