// Ending a case, the customer's verdict, and opening it again.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/draft.h"
#include "aggregates/case/matrix.h"
#include "aggregates/case/resolution/commands.h"
#include "events/case/callback.h"
#include "events/case/handoff.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"

namespace casetrail {
namespace {

/// The customer's last word in a callback of this cycle that asked for it; null when there was none.
const CallbackRegion* last_callback(const CaseState& state, CallbackPhase phase) {
  const auto found =
      std::find_if(state.callbacks.rbegin(), state.callbacks.rend(), [&](const auto& callback) {
        return callback.phase == phase && callback.cycle_no == state.cycle_no &&
               callback.purpose != CallbackPurpose::agreed_call && !callback.of_earlier_resolution;
      });
  return found == state.callbacks.rend() ? nullptr : &*found;
}

bool tried_in_vain(const CaseState& state) {
  return last_callback(state, CallbackPhase::exhausted) != nullptr ||
         last_callback(state, CallbackPhase::refused) != nullptr || state.do_not_call;
}

/// By its kind, or because one was planned for it that has to be made.
bool needs_callback(const CaseState& state, const Policy& policy) {
  const auto is_required = [&](const CallbackRegion& callback) {
    return callback.required_before_close && callback.cycle_no == state.cycle_no &&
           !callback.of_earlier_resolution;
  };
  return std::ranges::any_of(state.callbacks, is_required) ||
         std::ranges::any_of(policy.callback.plans, [&](const CallbackPlan& plan) {
           return std::ranges::find(plan.required_before_close, state.kind) !=
                  plan.required_before_close.end();
         });
}

bool may_close(const CaseState& state, const Context& context) {
  if (!context.by_person() || state.owner == context.actor_id()) return true;
  return context.by_agent() && context.in_one_of(context.policy.roles.lead);
}

bool awaits_verdict(const CaseState& state) {
  return confirmation_window_open(state) && closure_basis(state) == ClosureBasis::auto_timeout;
}

std::optional<AgentId> acting_person(const Context& context) {
  return context.by_agent() ? std::optional(context.actor_id()) : std::nullopt;
}

bool resolver_holds(const OpenHandoff& held, const Context& context) {
  if (!context.by_agent()) return false;
  return held.to.agent_id == context.actor_id() || context.actor().department_id == held.to.department_id;
}

/// Who resolves has done what handed the case to them.
void complete_own_handoffs(Draft& draft, const CaseState& state, const Context& context) {
  for (const auto& held : state.held) {
    if (!resolver_holds(held, context)) continue;
    draft.add(HandoffCompleted{held.handoff_id, HandoffResult::done, context.envelope.occurred_at});
    draft.meet(TimerKind::handoff_complete, held.handoff_id.value);
  }
}

}  // namespace

ClosureBasis closure_basis(const CaseState& state) {
  if (state.resolution_accepted) return ClosureBasis::customer_confirmed;
  const auto* answered = last_callback(state, CallbackPhase::completed);
  if (answered != nullptr && answered->satisfied) return ClosureBasis::callback_satisfied;
  if (tried_in_vain(state)) return ClosureBasis::callback_exhausted;
  return state.callback_waived ? ClosureBasis::waived : ClosureBasis::auto_timeout;
}

std::optional<Rejection> obstacle_to_resolving(const CaseState& state, const std::vector<OpenHandoff>& held) {
  static constexpr auto kIntent = "resolve the case";
  // Who gave a disputed handoff has the case and may end it, which ends the dispute.
  const bool asked = state.asked && state.asked->phase != HandoffPhase::disputed;
  if (asked || !held.empty()) {
    const auto& id = asked ? state.asked->handoff_id : held.front().handoff_id;
    return refuse("handoff_pending", kIntent, "handoff '" + id.value + "' is not completed").error();
  }
  if (state.agreement.finality == Finality::interim)
    return refuse("interim_agreement_only", kIntent, "the latest agreement is not final").error();
  // A case of kind complaint in which none was lodged is a wrong tick, or was taken back before.
  if (!is_open(state.complaint) || state.complaint == ComplaintPhase::attributed) return std::nullopt;
  if (!state.complaint_cause)
    return refuse("cause_missing", kIntent, "the cause of the complaint is not determined").error();
  return refuse("attribution_missing", kIntent, "the responsibility is not attributed").error();
}

std::optional<Rejection> obstacle_to_closing(const CaseState& state, const Policy& policy,
                                             std::string_view intent) {
  if (is_open(state.complaint))
    return refuse("complaint_open", intent, "its complaint is not closed").error();
  const auto* answered = last_callback(state, CallbackPhase::completed);
  const bool settled = answered != nullptr || state.callback_waived || tried_in_vain(state);
  if (!settled && needs_callback(state, policy))
    return refuse("callback_required", intent, "the customer was not called back").error();
  if (answered != nullptr && !answered->satisfied && !answered->taken_on) {
    return refuse(
               "callback_unsatisfied", intent,
               "the customer said that he is not satisfied, and no case was made of that, here or elsewhere")
        .error();
  }
  return std::nullopt;
}

bool confirmation_window_open(const CaseState& state) {
  return std::ranges::any_of(
      state.timers, [](const RunningTimer& timer) { return timer.kind == TimerKind::confirmation_window; });
}

void close(Draft& draft, const CaseState& state, ClosureBasis basis,
           const std::optional<AgentId>& closed_by) {
  draft.add(CaseClosed{basis, closed_by});
  for (const auto& timer : state.timers) draft.add(TimerCleared{timer.timer_id});
}

bool closes_by_itself(const CaseState& state, const Policy& policy) {
  return state.status == CaseStatus::resolved && policy.closing.after_window == AfterWindow::close &&
         !state.answer_owed && !obstacle_to_closing(state, policy, "close the case");
}

bool reopen_window_passed(const CaseState& state, const Context& context) {
  const auto& closed = state.closed_at;
  return closed && context.now > *closed + context.policy.closing.reopen_window;
}

void go_on_working(Draft& draft, const CaseState& state, const Policy& policy) {
  const auto& rules = sla_of(state, policy);
  draft.clear(TimerKind::confirmation_window);
  draft.clear(TimerKind::next_update);
  cancel_callbacks(draft, state, CancelReason::work_goes_on);
  draft.count_on(TimerKind::resolution, rules);
  draft.promise(TimerKind::next_update, rules);
}

void end_request(Draft& draft, const CaseState& state, CancelReason why, ClosureBasis basis,
                 const Context& context) {
  for (const auto& callback : state.callbacks) {
    if (callback.phase == CallbackPhase::scheduled) draft.add(CallbackCanceled{callback.callback_id, why});
  }
  draft.pause(TimerKind::resolution);
  close(draft, state, basis, acting_person(context));
}

void reopen(Draft& draft, const CaseState& state, ReopenReason reason,
            const std::optional<CustomerWords>& words, const Policy& policy) {
  draft.add(CaseReopened{reason, state.cycle_no + 1, words});
  cancel_callbacks(draft, state, CancelReason::work_goes_on);
  const auto& rules = sla_of(state, policy);
  if (reason != ReopenReason::wrong_closure) draft.promise(TimerKind::first_response, rules);
  draft.count_on(TimerKind::resolution, rules);
  if (state.assignment.agent_id) draft.promise(TimerKind::next_update, rules);
}

void resolve(Draft& draft, const CaseState& state, const Code<ResolutionCode>& code,
             const std::optional<ResolutionNotes>& notes, const Policy& policy) {
  draft.add(CaseResolved{code, state.agreement.agreement_id, state.handled_by, notes});
  draft.meet(TimerKind::first_response);
  draft.meet(TimerKind::resolution);
  draft.clear(TimerKind::next_update);
  draft.set_timer(TimerKind::confirmation_window, {}, draft.now() + policy.closing.confirmation_window);
  plan_callbacks(draft, state, policy);
}

Decision decide(const CaseState& state, const ResolveCase& command, const Context& context) {
  if (auto refusal = refusal_of(Step::resolve, state.status)) return std::unexpected(std::move(*refusal));
  auto without_own = state.held;
  std::erase_if(without_own, [&](const OpenHandoff& held) { return resolver_holds(held, context); });
  if (auto refusal = obstacle_to_resolving(state, without_own)) return std::unexpected(std::move(*refusal));
  Draft draft(state, context.now, context.policy);
  complete_own_handoffs(draft, state, context);
  resolve(draft, state, command.resolution_code, command.pii, context.policy);
  draft.clear(TimerKind::info_answer);
  return draft.take();
}

Decision decide(const CaseState& state, const AcceptResolution& command, const Context& context) {
  if (auto refusal = refusal_of(Step::judge_resolution, state.status))
    return std::unexpected(std::move(*refusal));
  if (state.resolution_accepted) return {};
  Draft draft(state, context.now, context.policy);
  draft.add(ResolutionAccepted{command.channel});
  answer_customer(draft, state, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const RejectResolution& command, const Context& context) {
  if (auto refusal = refusal_of(Step::judge_resolution, state.status))
    return std::unexpected(std::move(*refusal));
  Draft draft(state, context.now, context.policy);
  draft.add(ResolutionRejected{command.channel, command.pii});
  go_on_working(draft, state, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const CloseCase&, const Context& context) {
  static constexpr auto kIntent = "close the case";
  if (auto refusal = refusal_of(Step::close, state.status)) return std::unexpected(std::move(*refusal));
  if (!may_close(state, context))
    return refuse("not_owner", kIntent, "the actor is neither its owner nor a lead");
  if (auto refusal = obstacle_to_closing(state, context.policy, kIntent))
    return std::unexpected(std::move(*refusal));
  if (state.answer_owed)
    return refuse("answer_owed", kIntent, "the customer wrote since it was resolved, and nobody answered");
  if (awaits_verdict(state))
    return refuse("customer_decision_pending", kIntent,
                  "the customer may still accept or reject the resolution");
  Draft draft(state, context.now, context.policy);
  close(draft, state, closure_basis(state), acting_person(context));
  return draft.take();
}

Decision decide(const CaseState& state, const ReopenCase& command, const Context& context) {
  if (auto refusal = refusal_of(Step::reopen, state.status)) return std::unexpected(std::move(*refusal));
  if (reopen_window_passed(state, context)) {
    return refuse("reopen_window_passed", "reopen the case",
                  "it was closed too long ago; register a new one and link it");
  }
  Draft draft(state, context.now, context.policy);
  reopen(draft, state, command.reason_code, command.pii, context.policy);
  return draft.take();
}

}  // namespace casetrail
