// Sets, meets and misses promises in business time.
#include "aggregates/case/draft.h"

#include <algorithm>

#include "events/case/timer.h"
#include "events/wire/reflect.h"

namespace casetrail {
namespace {

const BusinessSpan& amount_of(TimerKind kind, const SlaRules& rules) {
  if (kind == TimerKind::first_response) return rules.first_response;
  return kind == TimerKind::next_update ? rules.next_update : rules.resolution;
}

Duration share(Duration amount, std::int32_t percent) { return amount * percent / 100; }

bool is_own_timer(const RunningTimer& timer) { return timer.timer_id.value == name_of(timer.kind); }

TimerSet timer_set(TimerKind kind, std::string_view subject, Timestamp due_at,
                   const std::optional<CalendarId>& calendar) {
  TimerSet event;
  event.timer_id.value = name_of(kind);
  if (!subject.empty()) event.timer_id.value.append("/").append(subject);
  event.kind = kind;
  event.due_at = due_at;
  event.calendar = calendar;
  return event;
}

const RunningTimer* own_timer(const CaseState& state, TimerKind kind) {
  const auto found = std::ranges::find_if(
      state.timers, [&](const RunningTimer& timer) { return timer.kind == kind && is_own_timer(timer); });
  return found == state.timers.end() ? nullptr : &*found;
}

}  // namespace

const SlaClock* clock_of(const CaseState& state, TimerKind kind) {
  const auto metric = clocked_metric(kind);
  const auto found =
      std::ranges::find_if(state.clocks, [&](const SlaClock& c) { return c.metric == metric; });
  return found == state.clocks.end() ? nullptr : &*found;
}

const SlaRules& sla_of(const CaseState& state, const Policy& policy) {
  return policy.sla[static_cast<std::size_t>(state.priority.value_or(Priority::P4))];
}

Timestamp clocks_count_from(const CaseState& state, const Policy& policy, Timestamp now) {
  const auto& from = policy.clock_from == ClockFrom::received_at ? state.received_at : state.registered_at;
  return state.received_at ? from.value_or(now) : now;
}

std::optional<SlaMetric> metric_of(TimerKind kind) {
  switch (kind) {
    case TimerKind::first_response:
    case TimerKind::next_update:
    case TimerKind::resolution: return clocked_metric(kind);
    case TimerKind::handoff_accept: return SlaMetric::handoff_accept;
    case TimerKind::handoff_complete: return SlaMetric::handoff_complete;
    case TimerKind::complaint_accept: return SlaMetric::complaint_accept;
    case TimerKind::complaint_appeal: return SlaMetric::complaint_appeal;
    case TimerKind::acceptance:
    case TimerKind::suspension_review:
    case TimerKind::confirmation_window:
    case TimerKind::callback_due:
    case TimerKind::info_answer:
    case TimerKind::agreement_due:
    case TimerKind::return_inspection:
    case TimerKind::visit_due: return std::nullopt;
  }
  return std::nullopt;
}

bool has_subject(const TimerId& id, std::string_view subject) {
  const std::string_view text = id.value;
  const auto slash = text.find('/');
  return slash != std::string_view::npos && text.substr(slash + 1) == subject;
}

void Draft::set_timer(TimerKind kind, std::string_view subject, Timestamp due_at,
                      const std::optional<CalendarId>& calendar) {
  add(timer_set(kind, subject, due_at, calendar));
}

void Draft::set_clocked(TimerKind kind, const SlaRules& rules, Timestamp due_at,
                        std::optional<Timestamp> warn_at, Duration target, Duration counted) {
  auto event = timer_set(kind, {}, due_at, rules.calendar);
  event.target_business_ms = target.count();
  if (counted != Duration{0}) event.counted_business_ms = counted.count();
  if (warn_at && due_at > now_) {
    event.warn_at = std::max(*warn_at, now_);  // late for a customer who came long ago
    event.warn_percent = rules.warn_percent;
  }
  add(std::move(event));
}

void Draft::promise(TimerKind kind, const SlaRules& rules, Timestamp from) {
  const auto& amount = amount_of(kind, rules);
  const auto target = policy_.length(rules.calendar, from, amount);
  std::optional<Timestamp> warn_at;
  if (rules.warn_percent) warn_at = policy_.add(rules.calendar, from, share(target, *rules.warn_percent));
  set_clocked(kind, rules, policy_.add(rules.calendar, from, amount), warn_at, target,
              policy_.between(rules.calendar, from, now_));
}

Timestamp Draft::began(TimerKind kind) const {
  const auto* clock = clock_of(state_, kind);
  if (clock != nullptr && clock->since && clock->counted_ms == 0) return *clock->since;
  const bool of_the_whole_case = kind != TimerKind::next_update && state_.cycle_no == 1;
  return of_the_whole_case ? clocks_count_from(state_, policy_, now_) : now_;
}

/// A warning that is late is given at once, unless one was given before.
Duration Draft::set_remaining(TimerKind kind, const SlaRules& rules, Duration counted, bool warned) {
  const auto target = policy_.length(rules.calendar, began(kind), amount_of(kind, rules));
  std::optional<Timestamp> warn_at;
  if (rules.warn_percent) {
    const auto until_warning = share(target, *rules.warn_percent) - counted;
    if (until_warning > Duration{0} || !warned)
      warn_at = policy_.add(rules.calendar, now_, std::max(until_warning, Duration{0}));
  }
  const auto left = std::max(target - counted, Duration{0});
  set_clocked(kind, rules, policy_.add(rules.calendar, now_, left), warn_at, target, counted);
  return left;
}

Duration Draft::counted_by(const SlaClock& clock) const {
  const Duration counted{clock.counted_ms};
  return clock.since ? counted + policy_.between(clock.calendar, *clock.since, now_) : counted;
}

void Draft::change_target(TimerKind kind, const SlaRules& rules) {
  const auto* clock = clock_of(state_, kind);
  const auto* timer = own_timer(state_, kind);
  if (clock == nullptr || timer == nullptr || clock->target_ms == 0) return;
  const auto counted = counted_by(*clock);
  const auto left = set_remaining(kind, rules, counted, timer->warn_percent && !timer->warn_at);
  if (timer->paused_with_ms) add(TimerPaused{timer->timer_id, left.count(), counted.count()});
}

void Draft::count_on(TimerKind kind, const SlaRules& rules) {
  const auto* clock = clock_of(state_, kind);
  if (clock == nullptr) return promise(kind, rules);
  const Duration counted{clock->counted_ms};
  if (!clock->missed_at) {
    set_remaining(kind, rules, counted, false);
    return;
  }
  add(TimerResumed{TimerId{std::string(name_of(kind))}, *clock->missed_at, std::nullopt});
  for (std::size_t step = 2; step <= rules.escalate.size(); ++step) {
    const bool told = share(Duration{clock->target_ms}, rules.escalate[step - 1].at_percent) <= counted;
    if (!told) return set_escalation(kind, rules, step);
  }
}

void Draft::set_escalation(TimerKind kind, const SlaRules& rules, std::size_t step) {
  const auto* clock = clock_of(state_, kind);
  if (clock == nullptr || step > rules.escalate.size()) return;
  // What was promised for a moment is late from then on, by the measure of a promise of the policy.
  const bool has_target = clock->target_ms != 0;
  const auto target =
      has_target ? Duration{clock->target_ms} : policy_.length(clock->calendar, now_, amount_of(kind, rules));
  const auto counted = has_target ? counted_by(*clock) : share(target, rules.escalate[step - 2].at_percent);
  const auto left = std::max(share(target, rules.escalate[step - 1].at_percent) - counted, Duration{0});
  set_timer(kind, std::to_string(step), policy_.add(clock->calendar, now_, left), clock->calendar);
}

void Draft::clear(TimerKind kind, std::string_view subject) {
  for (const auto& timer : state_.timers) {
    if (timer.kind != kind || (!subject.empty() && !has_subject(timer.timer_id, subject))) continue;
    add(TimerCleared{timer.timer_id});
  }
}

void Draft::note_done(const SlaClock& clock) {
  const auto elapsed = counted_by(clock).count();
  if (clock.missed_at) {
    add(SlaTargetCompletedLate{clock.metric, elapsed, clock.target_ms});
  } else {
    add(SlaTargetMet{clock.metric, elapsed});
  }
}

void Draft::meet(TimerKind kind, std::string_view subject) {
  const auto* clock = clock_of(state_, kind);
  const auto metric = metric_of(kind);
  for (const auto& timer : state_.timers) {
    if (timer.kind != kind || (!subject.empty() && !has_subject(timer.timer_id, subject))) continue;
    add(TimerCleared{timer.timer_id});
    const bool missed_before = subject.empty() && !is_own_timer(timer);
    if (clock != nullptr || !metric || missed_before) continue;
    add(SlaTargetMet{*metric, policy_.between(timer.calendar, timer.set_at, now_).count()});
  }
  if (clock != nullptr && !clock->done) note_done(*clock);
}

void Draft::pause(TimerKind kind) {
  const auto* clock = clock_of(state_, kind);
  const bool counts = clock != nullptr && clock->since;
  for (const auto& timer : state_.timers) {
    if (timer.kind != kind || timer.paused_with_ms) continue;
    TimerPaused event{timer.timer_id, policy_.between(timer.calendar, now_, timer.due_at).count(),
                      std::nullopt};
    event.remaining_business_ms = std::max<std::int64_t>(event.remaining_business_ms, 0);
    if (counts && is_own_timer(timer)) event.counted_business_ms = counted_by(*clock).count();
    add(std::move(event));
  }
  if (counts && clock->missed_at)
    add(TimerPaused{TimerId{std::string(name_of(kind))}, 0, counted_by(*clock).count()});
}

void Draft::end_waiting() {
  clear(TimerKind::suspension_review);
  clear(TimerKind::info_answer);
  resume_clocks();
}

void Draft::resume_clocks() {
  for (const auto& timer : state_.timers) {
    if (!timer.paused_with_ms) continue;
    TimerResumed event{timer.timer_id, policy_.add(timer.calendar, now_, Duration{*timer.paused_with_ms}),
                       std::nullopt};
    const auto* clock = is_own_timer(timer) ? clock_of(state_, timer.kind) : nullptr;
    if (clock != nullptr && timer.warn_at && timer.warn_percent) {
      const auto until_warning =
          share(Duration{clock->target_ms}, *timer.warn_percent) - Duration{clock->counted_ms};
      event.warn_at = policy_.add(timer.calendar, now_, std::max(until_warning, Duration{0}));
    }
    add(std::move(event));
  }
  for (const auto& clock : state_.clocks) {
    if (clock.missed_at && !clock.since && !clock.done)
      add(TimerResumed{TimerId{std::string(name_of(clock.metric))}, *clock.missed_at, std::nullopt});
  }
}

void Draft::escalate(TimerKind cause, std::int32_t level, const std::vector<std::string>& to) {
  if (to.empty()) return;
  add(EscalationTriggered{level, EscalationKind::hierarchical, cause, to});
}

void Draft::miss(const RunningTimer& timer, const std::optional<Party>& responsible,
                 const std::vector<std::string>& escalate_to) {
  if (const auto metric = metric_of(timer.kind)) add(SlaTargetMissed{*metric, timer.due_at, responsible});
  escalate(timer.kind, 1, escalate_to);
}

}  // namespace casetrail
