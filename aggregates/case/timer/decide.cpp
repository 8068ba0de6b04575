// What happens when a promise runs out. Every timer that fires is forgotten by its own `timer.expired`.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/draft.h"
#include "events/case/assignment.h"
#include "events/case/callback.h"
#include "events/case/handoff.h"
#include "events/case/resolution.h"
#include "events/case/solution.h"
#include "events/case/timer.h"
#include "events/case/work.h"
#include "events/wire/reflect.h"
#include "events/wire/whole_number.h"

namespace casetrail {
namespace {

/// The next moment at which something happens to this timer; nothing while it is paused.
std::optional<Timestamp> next_moment(const RunningTimer& timer) {
  if (timer.paused_with_ms) return std::nullopt;
  return timer.warn_at ? std::min(*timer.warn_at, timer.due_at) : timer.due_at;
}

struct Next {
  const RunningTimer& timer;
  Timestamp moment;
};

/// The timer to which something happens first; nothing while none runs.
std::optional<Next> earliest(const CaseState& state) {
  std::optional<Next> first;
  for (const auto& timer : state.timers) {
    const auto moment = next_moment(timer);
    if (moment && (!first || *moment < first->moment)) first.emplace(timer, *moment);
  }
  return first;
}

/// The step that an escalation timer stands for: `resolution` is the first, `resolution/2` the second.
std::size_t escalation_step(const TimerId& id) {
  const auto slash = id.value.find('/');
  if (slash == std::string::npos) return 1;
  return std::max<std::size_t>(
      whole_number<std::size_t>(std::string_view(id.value).substr(slash + 1)).value_or(1), 1);
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all.append(all.empty() ? "" : ", ").append(name);
  return all;
}

std::optional<Party> assignee(const CaseState& state) {
  if (!state.assignment.department_id) return std::nullopt;
  return Party{*state.assignment.department_id, state.assignment.agent_id};
}

/// A step later than the first is told by a timer of its own.
void miss_sla(Draft& draft, const CaseState& state, const RunningTimer& timer, const Policy& policy) {
  const auto& rules = sla_of(state, policy);
  const auto step = escalation_step(timer.timer_id);
  static const std::vector<std::string> kNobody;
  const auto& to = step <= rules.escalate.size() ? rules.escalate[step - 1].to : kNobody;
  draft.chose("escalation", [&] {
    return "step " + std::to_string(step) + (to.empty() ? ": to nobody" : ": to " + joined(to));
  });
  if (step == 1) {
    draft.miss(timer, assignee(state), to);
  } else {
    draft.escalate(timer.kind, static_cast<std::int32_t>(step), to);
  }
  draft.set_escalation(timer.kind, rules, step + 1);
}

void miss_handoff(Draft& draft, const CaseState& state, const RunningTimer& timer, const Policy& policy) {
  const auto is_of = [&](const OpenHandoff& handoff) {
    return has_subject(timer.timer_id, handoff.handoff_id.value);
  };
  if (state.pending_handoff && is_of(*state.pending_handoff)) {
    draft.add(HandoffExpired{state.pending_handoff->handoff_id});
    draft.miss(timer, state.pending_handoff->to, policy.handoff.escalate_to);
    return;
  }
  const auto question = std::ranges::find_if(state.questions, is_of);
  if (question != state.questions.end()) {
    draft.add(HandoffExpired{question->handoff_id});
    draft.miss(timer, question->to, policy.handoff.escalate_to);
    return;
  }
  const auto held = std::ranges::find_if(state.accepted_handoffs, is_of);
  if (held != state.accepted_handoffs.end()) draft.miss(timer, held->to, policy.handoff.escalate_to);
}

/// Nobody accepted what was offered or given to them.
void expire_assignment(Draft& draft, const CaseState& state) {
  const auto& given = state.assignment;
  if (given.accepted || !given.department_id) return;
  if (given.agent_id) draft.add(AssignmentExpired{given.offer_id, *given.agent_id, AssignmentExpiry::accept});
  draft.add(
      AssignmentQueued{QueueId{given.department_id->value}, *given.department_id, QueueReason::expired});
}

void review_suspension(Draft& draft, const CaseState& state, const RunningTimer& timer,
                       const Policy& policy) {
  if (state.status != CaseStatus::suspended) return;
  const auto since = state.suspended_at.value_or(timer.due_at);
  const auto waited = policy.between(sla_of(state, policy).calendar, since, timer.due_at);
  draft.add(WorkResumed{ResumeTrigger::review_due, waited.count()});
  draft.resume_clocks();
}

void close_in_silence(Draft& draft, const CaseState& state, const RunningTimer& timer, Timestamp now,
                      const Policy& policy) {
  const auto& rules = policy.closing;
  draft.chose("after_window", [&] { return name_of(rules.after_window); });
  if (rules.after_window == AfterWindow::wait) return;
  if (!closes_by_itself(state, policy, draft.trace())) {
    // What stands against the end may pass: it is looked at again.
    draft.set_timer(timer.kind, kLookAgain, std::max(timer.due_at, now) + rules.confirmation_window);
    if (!state.escalated) draft.escalate(timer.kind, 1, policy.roles.lead);
    return;
  }
  draft.add(CaseClosed{closure_basis(state), std::nullopt});
  draw_review(draft, state, policy);
  for (const auto& other : state.timers) {
    if (other.timer_id != timer.timer_id && !outlives_case(other)) draft.add(TimerCleared{other.timer_id});
  }
}

void breach_agreement(Draft& draft, const CaseState& state, const RunningTimer& timer, const Policy& policy) {
  for (const auto& open : state.agreement.open) {
    if (!has_subject(timer.timer_id, open.agreement_id.value)) continue;
    draft.add(AgreementBreached{open.agreement_id, timer.due_at});
    draft.escalate(timer.kind, 1, policy.agreement.escalate_to);
  }
}

/// The case cannot end without one that is required.
void report_overdue_callback(Draft& draft, const CaseState& state, const RunningTimer& timer,
                             const Policy& policy) {
  for (const auto& callback : state.callbacks) {
    if (!has_subject(timer.timer_id, callback.callback_id.value)) continue;
    draft.add(CallbackOverdue{callback.callback_id});
    if (callback.required_before_close) draft.escalate(timer.kind, 1, policy.roles.lead);
  }
}

bool is_held_by_assignee(const CaseState& state, const OpenHandoff& held) {
  return held.to.department_id == state.assignment.department_id;
}

/// The customer is reminded, and at last the case ends without an answer, or people look at it.
void end_silence(Draft& draft, const CaseState& state, const RunningTimer& timer, Timestamp now,
                 const Policy& policy) {
  const auto& rules = policy.waiting;
  if (state.status != CaseStatus::awaiting_customer) return;
  if (state.reminders < rules.reminders) {
    const auto next = std::max(timer.due_at, now) + rules.remind_every;
    draft.add(ReminderDue{state.reminders + 1, next});
    return draft.set_timer(timer.kind, {}, next);
  }
  // Who has the case reports back what they took over: nothing came of it.
  auto of_others = state.accepted_handoffs;
  std::erase_if(of_others, [&](const OpenHandoff& held) { return is_held_by_assignee(state, held); });
  const bool ends = rules.after_silence == AfterSilence::resolve &&
                    !obstacle_to_resolving(state, of_others, policy, draft.trace());
  if (!ends) {
    // What stands against the end may pass: it is looked at again.
    if (rules.after_silence == AfterSilence::resolve)
      draft.set_timer(timer.kind, {}, std::max(timer.due_at, now) + rules.remind_every);
    if (!state.escalated) draft.escalate(timer.kind, 1, policy.roles.lead);
    return;
  }
  for (const auto& held : state.accepted_handoffs) {
    draft.add(HandoffCompleted{held.handoff_id, HandoffResult::not_possible, timer.due_at});
    draft.clear(TimerKind::handoff_complete, held.handoff_id.value);
  }
  resolve(draft, state, ResolutionCode::no_reply, std::nullopt, policy);
}

void expire(Draft& draft, const CaseState& state, const RunningTimer& timer, Timestamp now,
            const Policy& policy) {
  switch (timer.kind) {
    case TimerKind::first_response:
    case TimerKind::next_update:
    case TimerKind::resolution: return miss_sla(draft, state, timer, policy);
    case TimerKind::complaint_accept:
    case TimerKind::complaint_appeal: return draft.miss(timer, assignee(state), policy.complaint.escalate_to);
    case TimerKind::handoff_accept:
    case TimerKind::handoff_complete: return miss_handoff(draft, state, timer, policy);
    case TimerKind::acceptance: return expire_assignment(draft, state);
    case TimerKind::suspension_review: return review_suspension(draft, state, timer, policy);
    case TimerKind::confirmation_window: return close_in_silence(draft, state, timer, now, policy);
    case TimerKind::callback_due: return report_overdue_callback(draft, state, timer, policy);
    case TimerKind::info_answer: return end_silence(draft, state, timer, now, policy);
    case TimerKind::agreement_due: return breach_agreement(draft, state, timer, policy);
    case TimerKind::return_inspection: return draft.escalate(timer.kind, 1, policy.returns.escalate_to);
    case TimerKind::visit_due: return draft.escalate(timer.kind, 1, policy.visit.escalate_to);
  }
}

std::vector<Event> fire_earliest(const CaseState& state, Timestamp now, const Policy& policy, Trace* trace) {
  const auto next = earliest(state);
  if (!next || next->moment > now) return {};
  const auto& timer = next->timer;
  if (next->moment < timer.due_at)
    return {TimerWarned{timer.timer_id,
                        timer.warn_percent.value_or(sla_of(state, policy).warn_percent.value_or(0))}};
  Draft draft(state, timer.due_at, policy, trace);
  draft.chose("timer", [&] { return timer.timer_id.value + " was due first, at " + to_wire(timer.due_at); });
  draft.add(TimerExpired{timer.timer_id, timer.kind, timer.due_at, now});
  expire(draft, state, timer, now, policy);
  return draft.take();
}

}  // namespace

std::optional<Timestamp> earliest_due(const CaseState& state) {
  const auto next = earliest(state);
  return next ? std::optional(next->moment) : std::nullopt;
}

std::vector<Event> fire_earliest_timer(const CaseState& state, Timestamp now, const Policy& policy) {
  return fire_earliest(state, now, policy, nullptr);
}

std::vector<Event> fire_earliest_timer(const CaseState& state, Timestamp now, const Policy& policy,
                                       Trace& trace) {
  return fire_earliest(state, now, policy, &trace);
}

}  // namespace casetrail
