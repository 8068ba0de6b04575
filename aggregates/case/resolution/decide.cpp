// Ending a case, the customer's verdict, and opening it again.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/draft.h"
#include "aggregates/case/matrix.h"
#include "aggregates/case/resolution/commands.h"
#include "events/case/callback.h"
#include "events/case/errand.h"
#include "events/case/handoff.h"
#include "events/case/resolution.h"
#include "events/case/timer.h"
#include "events/wire/reflect.h"

namespace casetrail {
namespace {

constexpr std::string_view kToClose = "close the case";

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

void ask_whether_owed(Guards& guards, const CaseState& state) {
  guards.ask("answer_owed", state.answer_owed,
             "the customer wrote since it was resolved, and nobody answered",
             [&] { return state.answer_owed ? "owed" : "none owed"; });
}

bool awaits_verdict(const CaseState& state) {
  return confirmation_window_open(state) && closure_basis(state) == ClosureBasis::auto_timeout;
}

template <class Word>
std::string_view name_or_none(const std::optional<Word>& word) {
  return word ? name_of(*word) : "none";
}

/// `c1 exhausted, c2 scheduled`: those of this cycle that ask about the resolution.
std::string callbacks_of(const CaseState& state) {
  std::string all;
  for (const auto& callback : state.callbacks) {
    if (callback.cycle_no != state.cycle_no || callback.of_earlier_resolution) continue;
    all.append(all.empty() ? "" : ", ").append(callback.callback_id.value).append(" ");
    all.append(name_of(callback.phase));
  }
  return all.empty() ? "none" : all;
}

std::optional<AgentId> acting_person(const Context& context) {
  return context.by_agent() ? std::optional(context.actor_id()) : std::nullopt;
}

bool resolver_holds(const OpenHandoff& held, const Context& context) {
  if (!context.by_agent()) return false;
  return held.to.agent_id == context.actor_id() || context.actor().department_id == held.to.department_id;
}

/// Empty when none is open.
std::string open_handoff(const CaseState& state, const std::vector<OpenHandoff>& held) {
  // Who gave a disputed handoff has the case and may end it, which ends the dispute.
  if (state.pending_handoff && state.pending_handoff->phase != HandoffPhase::disputed)
    return state.pending_handoff->handoff_id.value;
  return held.empty() ? std::string() : held.front().handoff_id.value;
}

/// Who resolves has done what handed the case to them.
void complete_own_handoffs(Draft& draft, const CaseState& state, const Context& context) {
  for (const auto& held : state.accepted_handoffs) {
    if (!resolver_holds(held, context)) continue;
    draft.add(HandoffCompleted{held.handoff_id, HandoffResult::done, context.envelope.occurred_at});
    draft.meet(TimerKind::handoff_complete, held.handoff_id.value);
  }
}

}  // namespace

ClosureBasis closure_basis(const CaseState& state) {
  if (state.resolution_accepted) return ClosureBasis::customer_confirmed;
  const auto* answered = last_callback(state, CallbackPhase::completed);
  if (answered != nullptr && answered->satisfied == true) return ClosureBasis::callback_satisfied;
  if (tried_in_vain(state)) return ClosureBasis::callback_exhausted;
  return state.callback_waived ? ClosureBasis::waived : ClosureBasis::auto_timeout;
}

std::optional<Rejection> obstacle_to_resolving(const CaseState& state, const std::vector<OpenHandoff>& held,
                                               const Policy& policy, Trace* trace) {
  Guards guards(trace, "resolve the case");
  const auto open = open_handoff(state, held);
  guards.ask("handoff_pending", !open.empty(), "handoff '" + open + "' is not completed",
             [&] { return open.empty() ? "none" : open; });
  const bool waits = policy.handoff.while_question_open == WhileOpen::wait && !state.questions.empty();
  guards.ask("question_open", waits, "a question to another department is not answered",
             [&] { return state.questions.empty() ? "none" : state.questions.front().handoff_id.value; });
  const auto& agreed = state.agreement;
  guards.ask(
      "interim_agreement_only", agreed.finality == Finality::interim && is_open(agreed, agreed.agreement_id),
      "the latest agreement is not final, nor fulfilled", [&] { return name_or_none(agreed.finality); });
  // A case of kind complaint in which none was lodged is a wrong tick, or was taken back before.
  const bool unsettled = is_open(state.complaint) && state.complaint != ComplaintPhase::attributed;
  const auto phase = [&] { return name_of(state.complaint); };
  guards.ask("cause_missing", unsettled && !state.complaint_cause,
             "the cause of the complaint is not determined", phase);
  guards.ask("attribution_missing", unsettled, "the responsibility is not attributed", phase);
  return std::move(guards).first();
}

void ask_what_is_open(Guards& guards, const CaseState& state, const Policy& policy) {
  guards.ask("complaint_open", is_open(state.complaint), "its complaint is not closed",
             [&] { return name_of(state.complaint); });
  const auto& agreed = state.agreement.open;
  guards.ask("agreement_open", policy.agreement.while_open == WhileOpen::wait && !agreed.empty(),
             "what was agreed with the customer is not fulfilled",
             [&] { return agreed.empty() ? "none" : agreed.front().agreement_id.value; });
  const auto* answered = last_callback(state, CallbackPhase::completed);
  const bool settled = answered != nullptr || state.callback_waived || tried_in_vain(state);
  guards.ask("callback_required", !settled && needs_callback(state, policy),
             "the customer was not called back", [&] { return callbacks_of(state); });
  guards.ask(
      "callback_unsatisfied", answered != nullptr && answered->satisfied == false && !answered->taken_on,
      "the customer said that he is not satisfied, and no case was made of that, here or elsewhere", [&] {
        return answered == nullptr            ? "none answered"
               : answered->satisfied == false ? "not satisfied"
                                              : "satisfied";
      });
}

bool confirmation_window_open(const CaseState& state) {
  return std::ranges::any_of(state.timers, [](const RunningTimer& timer) {
    return timer.kind == TimerKind::confirmation_window && !has_subject(timer.timer_id, kLookAgain);
  });
}

void close(Draft& draft, const CaseState& state, ClosureBasis basis,
           const std::optional<AgentId>& closed_by) {
  draft.chose("closure_basis", [&] { return name_of(basis); });
  draft.add(CaseClosed{basis, closed_by});
  for (const auto& timer : state.timers) {
    if (!outlives_case(timer)) draft.add(TimerCleared{timer.timer_id});
  }
}

bool closes_by_itself(const CaseState& state, const Policy& policy, Trace* trace) {
  if (state.status != CaseStatus::resolved || policy.closing.after_window != AfterWindow::close) return false;
  Guards guards(trace, kToClose);
  ask_whether_owed(guards, state);
  ask_what_is_open(guards, state, policy);
  return !std::move(guards).first();
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
    if (callback.phase != CallbackPhase::scheduled) continue;
    draft.add(CallbackCanceled{callback.callback_id, why});
    draft.clear(TimerKind::callback_due, callback.callback_id.value);
  }
  const auto withdraw = [&](const OpenHandoff& handoff) {
    draft.add(HandoffWithdrawn{handoff.handoff_id, std::string(name_of(why))});
  };
  if (state.pending_handoff) withdraw(*state.pending_handoff);
  std::ranges::for_each(state.accepted_handoffs, withdraw);
  std::ranges::for_each(state.questions, withdraw);
  for (const auto& visit : state.errands.value_or(ErrandRegion{}).visits) {
    if (!visit.over) draft.add(VisitCompleted{visit.visit_id, VisitResult::canceled, {}, std::nullopt});
  }
  draft.clear(TimerKind::agreement_due);
  draft.clear(TimerKind::visit_due);
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
  for (const auto& question : state.questions) {
    draft.add(HandoffWithdrawn{question.handoff_id, std::nullopt});
    draft.clear(TimerKind::handoff_complete, question.handoff_id.value);
  }
  const auto& catalogues = policy.catalogues;
  CaseResolved event{code, state.agreement.agreement_id, state.handled_by, notes, std::nullopt};
  if (!catalogues.has(code, &CatalogueEntry::counts_as_solved)) event.counts_as_solved = false;
  draft.add(std::move(event));
  draft.meet(TimerKind::first_response);
  draft.meet(TimerKind::resolution);
  draft.clear(TimerKind::next_update);
  draft.set_timer(TimerKind::confirmation_window, {}, draft.now() + policy.closing.confirmation_window);
  // What has to be made before the case closes is planned all the same: else nothing could close it.
  if (catalogues.has(code, &CatalogueEntry::needs_callback) || needs_callback(state, policy))
    plan_callbacks(draft, state, policy);
  else
    draft.chose("callback_plan", [&] { return "none: " + std::string(code.text()) + " needs no callback"; });
}

Decision decide(const CaseState& state, const ResolveCase& command, const Context& context) {
  Guards guards(context.trace, "resolve the case");
  guards.take(refusal_of(Step::resolve, state.status, context.trace));
  auto without_own = state.accepted_handoffs;
  std::erase_if(without_own, [&](const OpenHandoff& held) { return resolver_holds(held, context); });
  guards.take(obstacle_to_resolving(state, without_own, context.policy, context.trace));
  if (auto refusal = std::move(guards).first()) return std::unexpected(std::move(*refusal));
  Draft draft(state, context);
  complete_own_handoffs(draft, state, context);
  resolve(draft, state, command.resolution_code, command.pii, context.policy);
  draft.clear(TimerKind::info_answer);
  return draft.take();
}

Decision decide(const CaseState& state, const AcceptResolution& command, const Context& context) {
  if (auto refusal = refusal_of(Step::judge_resolution, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (state.resolution_accepted) return {};
  Draft draft(state, context);
  draft.add(ResolutionAccepted{command.channel});
  answer_customer(draft, state, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const RejectResolution& command, const Context& context) {
  if (auto refusal = refusal_of(Step::judge_resolution, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  Draft draft(state, context);
  draft.add(ResolutionRejected{command.channel, command.pii});
  go_on_working(draft, state, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const CloseCase&, const Context& context) {
  Guards guards(context.trace, kToClose);
  guards.take(refusal_of(Step::close, state.status, context.trace));
  guards.ask("not_owner", !may_close(state, context), "the actor is neither its owner nor a lead",
             [&] { return to_wire(context.actor()); });
  ask_what_is_open(guards, state, context.policy);
  ask_whether_owed(guards, state);
  guards.ask("customer_decision_pending", awaits_verdict(state),
             "the customer may still accept or reject the resolution",
             [&] { return name_of(closure_basis(state)); });
  if (auto refusal = std::move(guards).first()) return std::unexpected(std::move(*refusal));
  Draft draft(state, context);
  close(draft, state, closure_basis(state), acting_person(context));
  draw_review(draft, state, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const ReopenCase& command, const Context& context) {
  if (auto refusal = refusal_of(Step::reopen, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("reopen_window_passed", reopen_window_passed(state, context), [&] {
        return state.closed_at ? to_wire(*state.closed_at) : std::string("not closed");
      })) {
    return guard.refuse("reopen the case", "it was closed too long ago; register a new one and link it");
  }
  Draft draft(state, context);
  reopen(draft, state, command.reason_code, command.pii, context.policy);
  return draft.take();
}

}  // namespace casetrail
