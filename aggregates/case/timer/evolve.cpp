// What promises and their ends make of a case. Imported facts start no timer here.
#include "aggregates/case/evolve.h"

#include <algorithm>

#include "events/case/timer.h"
#include "events/wire/reflect.h"

namespace casetrail {
namespace {

RunningTimer* find_timer(CaseState& state, const TimerId& id) {
  const auto found = std::ranges::find(state.timers, id, &RunningTimer::timer_id);
  return found == state.timers.end() ? nullptr : &*found;
}

void forget_timer(CaseState& state, const TimerId& id) {
  std::erase_if(state.timers, [&](const RunningTimer& timer) { return timer.timer_id == id; });
}

SlaClock* find_clock(CaseState& state, SlaMetric metric) {
  const auto found = std::ranges::find(state.clocks, metric, &SlaClock::metric);
  return found == state.clocks.end() ? nullptr : &*found;
}

MissedTarget* find_miss(CaseState& state, SlaMetric metric) {
  const auto found = std::ranges::find(state.missed, metric, &MissedTarget::metric);
  return found == state.missed.end() ? nullptr : &*found;
}

/// The clock that a timer is the alarm of. Steps of an escalation (`resolution/2`) have none of their own.
SlaClock* clock_of(CaseState& state, const TimerId& id) {
  const auto found = std::ranges::find(state.clocks, std::string_view(id.value),
                                       [](const SlaClock& clock) { return name_of(clock.metric); });
  return found == state.clocks.end() ? nullptr : &*found;
}

/// When the decision that made the event was made: a timer decides at the moment that it was due.
Timestamp decided_at(const CaseEvent& record) {
  return record.actor.kind == ActorKind::timer ? record.occurred_at : record.recorded_at;
}

/// Events of the time before clocks did not tell their target; it was that of the priority.
std::int64_t attached_target(const CaseState& state, SlaMetric metric) {
  if (metric == SlaMetric::next_update) return 0;
  const auto found = std::ranges::find(state.sla_targets, metric, &SlaTarget::metric);
  return found == state.sla_targets.end() ? 0 : found->business_ms;
}

void set_clock(CaseState& state, const TimerSet& event, const CaseEvent& record) {
  const auto metric = clocked_metric(event.kind);
  if (!metric || event.timer_id.value != name_of(*metric)) return;
  auto* clock = find_clock(state, *metric);
  if (clock == nullptr) clock = &state.clocks.emplace_back();
  *clock = {};
  clock->metric = *metric;
  clock->calendar = event.calendar;
  clock->target_ms = event.target_business_ms.value_or(attached_target(state, *metric));
  clock->counted_ms = event.counted_business_ms.value_or(0);
  clock->since = decided_at(record);
}

void stop(SlaClock& clock, std::int64_t counted_ms, bool done) {
  clock.counted_ms = counted_ms;
  clock.since.reset();
  clock.done = done;
}

}  // namespace

void evolve(CaseState& state, const SlaAttached& event, const CaseEvent&) {
  state.sla_targets = event.targets;
}

void evolve(CaseState& state, const SlaTargetMet& event, const CaseEvent&) {
  if (auto* clock = find_clock(state, event.metric)) stop(*clock, event.elapsed_business_ms, true);
}

void evolve(CaseState& state, const SlaTargetMissed& event, const CaseEvent&) {
  if (auto* clock = find_clock(state, event.metric)) clock->missed_at = event.due_at;
  auto* missed = find_miss(state, event.metric);
  if (missed == nullptr) missed = &state.missed.emplace_back();
  *missed = {event.metric, event.due_at};
  if (event.responsible) missed->agent_id = event.responsible->agent_id;
}

void evolve(CaseState& state, const SlaExcused& event, const CaseEvent&) {
  if (auto* missed = find_miss(state, event.metric)) missed->excused_for = event.reason_code;
}

void evolve(CaseState& state, const SlaTargetCompletedLate& event, const CaseEvent&) {
  if (auto* clock = find_clock(state, event.metric)) stop(*clock, event.elapsed_business_ms, true);
}

void evolve(CaseState& state, const TimerSet& event, const CaseEvent& record) {
  if (record.actor.kind == ActorKind::import_) return;
  auto* timer = find_timer(state, event.timer_id);
  if (timer == nullptr) timer = &state.timers.emplace_back();
  *timer = {event.timer_id, event.kind,    time_of(record),    event.due_at,
            event.calendar, event.warn_at, event.warn_percent, std::nullopt};
  set_clock(state, event, record);
}

void evolve(CaseState& state, const TimerPaused& event, const CaseEvent&) {
  if (auto* clock = clock_of(state, event.timer_id))
    stop(*clock, event.counted_business_ms.value_or(clock->target_ms - event.remaining_business_ms), false);
  if (auto* timer = find_timer(state, event.timer_id)) timer->paused_with_ms = event.remaining_business_ms;
}

void evolve(CaseState& state, const TimerResumed& event, const CaseEvent& record) {
  if (auto* clock = clock_of(state, event.timer_id)) {
    clock->since = decided_at(record);
    clock->done = false;
  }
  auto* timer = find_timer(state, event.timer_id);
  if (timer == nullptr) return;
  if (timer->warn_at)
    timer->warn_at = event.warn_at.value_or(*timer->warn_at + (event.due_at - timer->due_at));
  timer->paused_with_ms.reset();
  timer->due_at = event.due_at;
}

void evolve(CaseState& state, const TimerWarned& event, const CaseEvent&) {
  if (auto* timer = find_timer(state, event.timer_id)) timer->warn_at.reset();
}

void evolve(CaseState& state, const TimerExpired& event, const CaseEvent&) {
  forget_timer(state, event.timer_id);
}

void evolve(CaseState& state, const TimerCleared& event, const CaseEvent&) {
  forget_timer(state, event.timer_id);
  if (auto* clock = clock_of(state, event.timer_id)) stop(*clock, clock->counted_ms, true);
}

void evolve(CaseState& state, const EscalationTriggered& event, const CaseEvent&) {
  note_escalation(state, event.level, event.to);
}

void evolve(CaseState& state, const EscalationAcknowledged&, const CaseEvent&) { state.escalated.reset(); }

}  // namespace casetrail
