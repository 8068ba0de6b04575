// Sets, meets and misses promises in business time.
#include "aggregates/case/draft.h"

#include <algorithm>

#include "events/case/timer.h"
#include "events/wire/reflect.h"

namespace casetrail {
namespace {

std::int64_t target_ms(const CaseState& state, SlaMetric metric) {
  const auto found = std::ranges::find(state.sla_targets, metric, &SlaTarget::metric);
  return found == state.sla_targets.end() ? 0 : found->business_ms;
}

Duration amount_of(TimerKind kind, const SlaRules& rules) {
  if (kind == TimerKind::first_response) return rules.first_response;
  return kind == TimerKind::next_update ? rules.next_update : rules.resolution;
}

}  // namespace

const SlaRules& sla_of(const CaseState& state, const Policy& policy) {
  return policy.sla[static_cast<std::size_t>(state.priority.value_or(Priority::P4))];
}

std::optional<SlaMetric> metric_of(TimerKind kind) {
  switch (kind) {
    case TimerKind::first_response: return SlaMetric::first_response;
    case TimerKind::next_update: return SlaMetric::next_update;
    case TimerKind::resolution: return SlaMetric::resolution;
    case TimerKind::handoff_accept: return SlaMetric::handoff_accept;
    case TimerKind::handoff_complete: return SlaMetric::handoff_complete;
    case TimerKind::complaint_accept: return SlaMetric::complaint_accept;
    case TimerKind::acceptance:
    case TimerKind::suspension_review:
    case TimerKind::confirmation_window:
    case TimerKind::callback_due:
    case TimerKind::info_answer: return std::nullopt;
  }
  return std::nullopt;
}

bool has_subject(const TimerId& id, std::string_view subject) {
  const std::string_view text = id.value;
  const auto slash = text.find('/');
  return slash != std::string_view::npos && text.substr(slash + 1) == subject;
}

void Draft::set_timer(TimerKind kind, std::string_view subject, Timestamp due_at,
                      const std::optional<CalendarId>& calendar, std::optional<Timestamp> warn_at) {
  TimerId id{std::string(name_of(kind))};
  if (!subject.empty()) id.value.append("/").append(subject);
  add(TimerSet{std::move(id), kind, due_at, calendar, warn_at});
}

void Draft::promise(TimerKind kind, Timestamp start, const SlaRules& rules) {
  const auto amount = amount_of(kind, rules);
  std::optional<Timestamp> warn_at;
  if (rules.warn_percent) warn_at = policy_.add(rules.calendar, start, amount * *rules.warn_percent / 100);
  set_timer(kind, {}, policy_.add(rules.calendar, start, amount), rules.calendar, warn_at);
}

void Draft::clear(TimerKind kind, std::string_view subject) {
  for (const auto& timer : state_.timers) {
    if (timer.kind != kind || (!subject.empty() && !has_subject(timer.timer_id, subject))) continue;
    add(TimerCleared{timer.timer_id});
  }
}

void Draft::meet(TimerKind kind, std::string_view subject) {
  const auto metric = metric_of(kind);
  for (const auto& timer : state_.timers) {
    if (timer.kind != kind || (!subject.empty() && !has_subject(timer.timer_id, subject))) continue;
    add(TimerCleared{timer.timer_id});
    const bool missed_before = subject.empty() && timer.timer_id.value != name_of(kind);
    if (!metric || missed_before) continue;
    const auto target = target_ms(state_, *metric);
    const auto left = timer.paused_with_ms ? Duration{*timer.paused_with_ms}
                                           : policy_.between(timer.calendar, now_, timer.due_at);
    const auto elapsed =
        target > 0 ? Duration{target} - left : policy_.between(timer.calendar, timer.set_at, now_);
    add(SlaTargetMet{*metric, std::max(elapsed, Duration{0}).count()});
  }
}

void Draft::pause(TimerKind kind) {
  for (const auto& timer : state_.timers) {
    if (timer.kind != kind || timer.paused_with_ms) continue;
    const auto left = policy_.between(timer.calendar, now_, timer.due_at);
    add(TimerPaused{timer.timer_id, std::max(left, Duration{0}).count()});
  }
}

void Draft::end_waiting() {
  clear(TimerKind::suspension_review);
  clear(TimerKind::info_answer);
  for (const auto& timer : state_.timers) {
    if (!timer.paused_with_ms) continue;
    add(TimerResumed{timer.timer_id, policy_.add(timer.calendar, now_, Duration{*timer.paused_with_ms})});
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
