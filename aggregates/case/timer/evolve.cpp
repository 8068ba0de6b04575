// What promises and their ends make of a case. Imported facts start no timer here.
#include "aggregates/case/evolve.h"

#include <algorithm>

#include "events/case/timer.h"

namespace casetrail {
namespace {

RunningTimer* find_timer(CaseState& state, const TimerId& id) {
  const auto found = std::ranges::find(state.timers, id, &RunningTimer::timer_id);
  return found == state.timers.end() ? nullptr : &*found;
}

void forget_timer(CaseState& state, const TimerId& id) {
  std::erase_if(state.timers, [&](const RunningTimer& timer) { return timer.timer_id == id; });
}

}  // namespace

void evolve(CaseState& state, const SlaAttached& event, const CaseEvent&) {
  state.sla_targets = event.targets;
}

void evolve(CaseState&, const SlaTargetMet&, const CaseEvent&) {}

void evolve(CaseState&, const SlaTargetMissed&, const CaseEvent&) {}

void evolve(CaseState& state, const TimerSet& event, const CaseEvent& record) {
  if (record.actor.kind == ActorKind::import_) return;
  auto* timer = find_timer(state, event.timer_id);
  if (timer == nullptr) timer = &state.timers.emplace_back();
  *timer = {event.timer_id, event.kind,    time_of(record), event.due_at,
            event.calendar, event.warn_at, std::nullopt};
}

void evolve(CaseState& state, const TimerPaused& event, const CaseEvent&) {
  if (auto* timer = find_timer(state, event.timer_id)) timer->paused_with_ms = event.remaining_business_ms;
}

void evolve(CaseState& state, const TimerResumed& event, const CaseEvent&) {
  auto* timer = find_timer(state, event.timer_id);
  if (timer == nullptr) return;
  if (timer->warn_at) *timer->warn_at += event.due_at - timer->due_at;
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
}

void evolve(CaseState&, const EscalationTriggered&, const CaseEvent&) {}

}  // namespace casetrail
