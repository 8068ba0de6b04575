// Work on a case and words to and from the customer.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/draft.h"
#include "aggregates/case/matrix.h"
#include "aggregates/case/work/commands.h"
#include "events/case/assignment.h"
#include "events/case/resolution.h"
#include "events/case/work.h"
#include "events/wire/reflect.h"

namespace casetrail {
namespace {

/// A report of progress counts as telling the customer of a suspension for so long.
constexpr auto kInformedRecently = std::chrono::hours{24};

/// While the customer is asked, the next word is theirs.
bool owes_news(const CaseState& state, const Policy& policy) {
  const auto& paused = policy.suspension.pauses;
  return state.status == CaseStatus::in_progress ||
         (state.status == CaseStatus::suspended &&
          std::ranges::find(paused, TimerKind::next_update) == paused.end());
}

/// `said` is what the customer let the house hear; the case opens again.
Decision hear_on_closed(const CaseState& state, Event said, const Context& context) {
  static constexpr auto kIntent = "take in what the customer says";
  const auto& rules = context.policy.closing;
  if (const auto guard =
          context.guard("message_on_closed", rules.message_on_closed == MessageOnClosed::reject,
                        [&] { return name_of(rules.message_on_closed); }))
    return guard.refuse(kIntent, "the case is closed; register a new one");
  if (const auto guard = context.guard("reopen_window_passed", reopen_window_passed(state, context), [&] {
        return state.closed_at ? to_wire(*state.closed_at) : std::string();
      })) {
    return guard.refuse(kIntent, "the case was closed too long ago; register a new one");
  }
  Draft draft(state, context);
  draft.add(std::move(said));
  reopen(draft, state, ReopenReason::customer_message, std::nullopt, context.policy);
  return draft.take();
}

/// The customer waits for news of the resolved case from the first word that nobody answered.
void owe_answer(Draft& draft, const CaseState& state, const Policy& policy) {
  draft.clear(TimerKind::confirmation_window);
  if (!state.answer_owed) draft.promise(TimerKind::next_update, sla_of(state, policy));
}

/// Work on a suspended case goes on.
void resume(Draft& draft, const CaseState& state, ResumeTrigger trigger, const Policy& policy) {
  const auto& calendar = sla_of(state, policy).calendar;
  const auto waited = policy.between(calendar, state.suspended_at.value_or(draft.now()), draft.now());
  draft.add(WorkResumed{trigger, waited.count()});
  draft.end_waiting();
  if (state.assignment.agent_id) promise_news(draft, state, policy);
}

/// What waited for the customer goes on, for they spoke.
void wake(Draft& draft, const CaseState& state, const Policy& policy) {
  if (state.status == CaseStatus::awaiting_customer) {
    draft.end_waiting();
    promise_news(draft, state, policy);
  }
  if (state.status == CaseStatus::suspended) resume(draft, state, ResumeTrigger::customer_reply, policy);
}

}  // namespace

void promise_news(Draft& draft, const CaseState& state, const Policy& policy) {
  const auto& rules = sla_of(state, policy);
  const auto due = policy.add(rules.calendar, draft.now(), rules.next_update);
  const bool sooner = std::ranges::any_of(state.timers, [&](const RunningTimer& timer) {
    return timer.timer_id.value == name_of(TimerKind::next_update) &&
           (timer.paused_with_ms || timer.due_at <= due);
  });
  if (!sooner) draft.promise(TimerKind::next_update, rules);
}

void hear_on_resolved(Draft& draft, const CaseState& state, const Code<Channel>& channel,
                      const CustomerWords& words, const Policy& policy) {
  if (policy.closing.message_on_resolved == MessageOnResolved::reject_resolution) {
    draft.add(ResolutionRejected{channel, words});
    return go_on_working(draft, state, policy);
  }
  owe_answer(draft, state, policy);
}

void answer_customer(Draft& draft, const CaseState& state, const Policy& policy) {
  if (!state.answer_owed) return;
  draft.meet(TimerKind::next_update);
  draft.set_timer(TimerKind::confirmation_window, {}, draft.now() + policy.closing.confirmation_window);
}

void tell_customer(Draft& draft, const CaseState& state, const Policy& policy,
                   const std::optional<Timestamp>& next) {
  draft.meet(TimerKind::first_response);
  if (next && state.status == CaseStatus::resolved) {
    // The case does not end before the news that it promises.
    draft.meet(TimerKind::next_update);
    draft.set_timer(TimerKind::confirmation_window, {},
                    std::max(draft.now(), *next) + policy.closing.confirmation_window);
  } else {
    if (!state.answer_owed) draft.meet(TimerKind::next_update);
    answer_customer(draft, state, policy);
  }
  if (next) {
    draft.set_timer(TimerKind::next_update, {}, *next);
  } else if (owes_news(state, policy)) {
    draft.promise(TimerKind::next_update, sla_of(state, policy));
  }
}

Decision decide(const CaseState& state, const StartWork&, const Context& context) {
  static constexpr auto kIntent = "start work";
  if (auto refusal = refusal_of(Step::start, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto agent = acting_agent(state, context, kIntent);
  if (!agent) return std::unexpected(agent.error());
  if (const auto guard = context.guard("not_accepted", state.assignment.offer_id.has_value(),
                                       [&] { return state.assignment.offer_id.value_or(OfferId{}).value; }))
    return guard.refuse(kIntent, "the case is offered to the agent, who has not accepted it yet");
  Draft draft(state, context);
  if (!state.assignment.accepted) draft.add(AssignmentAccepted{std::nullopt, *agent});
  draft.add(WorkStarted{*agent});
  draft.clear(TimerKind::acceptance);
  promise_news(draft, state, context.policy);
  name_first_owner(draft, state, *agent, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const ReceiveMessage& command, const Context& context) {
  if (auto refusal = refusal_of(Step::hear, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (state.status == CaseStatus::closed)
    return hear_on_closed(state, MessageReceived{command.channel, command.pii}, context);
  Draft draft(state, context);
  draft.add(MessageReceived{command.channel, command.pii});
  wake(draft, state, context.policy);
  if (state.status == CaseStatus::resolved)
    hear_on_resolved(draft, state, command.channel, command.pii, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const SendMessage& command, const Context& context) {
  if (auto refusal = refusal_of(Step::inform, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  Draft draft(state, context);
  draft.add(MessageSent{command.channel, command.pii});
  tell_customer(draft, state, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const RequestInfo& command, const Context& context) {
  if (auto refusal = refusal_of(Step::request_info, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard =
          context.guard("promise_in_past", command.answer_by && *command.answer_by <= context.now,
                        [&] { return command.answer_by ? to_wire(*command.answer_by) : std::string(); }))
    return guard.refuse("ask the customer", "the time to answer has passed");
  const auto answer_by = command.answer_by.value_or(context.now + context.policy.waiting.answer_within);
  Draft draft(state, context);
  draft.add(InfoRequested{answer_by, command.pii});
  draft.meet(TimerKind::first_response);
  draft.meet(TimerKind::next_update);
  draft.pause(TimerKind::resolution);
  draft.set_timer(TimerKind::info_answer, {}, answer_by);
  return draft.take();
}

Decision decide(const CaseState& state, const SuspendWork& command, const Context& context) {
  static constexpr auto kIntent = "suspend the case";
  if (auto refusal = refusal_of(Step::suspend, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto& rules = context.policy.suspension;
  const auto latest = context.now + rules.max;
  if (const auto guard = context.guard(
          "review_date_required",
          !command.review_at || *command.review_at <= context.now || *command.review_at > latest,
          [&] { return command.review_at ? to_wire(*command.review_at) : std::string(); }))
    return guard.refuse(kIntent, "'review_at' is no date between now and " + to_wire(latest));
  if (const auto guard = context.guard("reason_required", !command.pii || command.pii->text.empty()))
    return guard.refuse(kIntent, "'pii.text' explains nothing");
  const auto& informed = state.last_informed_at;
  const bool informed_lately = informed && *informed + kInformedRecently >= context.now;
  if (const auto guard =
          context.guard("customer_not_informed", !command.customer_informed && !informed_lately,
                        [&] { return informed ? to_wire(*informed) : std::string(); }))
    return guard.refuse(kIntent, "nobody told the customer in the last day");
  Draft draft(state, context);
  draft.add(WorkSuspended{command.reason_code, command.review_at, command.customer_informed, command.pii});
  draft.clear(TimerKind::info_answer);
  for (const auto kind : rules.pauses) draft.pause(kind);
  draft.set_timer(TimerKind::suspension_review, {}, *command.review_at);
  return draft.take();
}

Decision decide(const CaseState& state, const ResumeWork& command, const Context& context) {
  if (auto refusal = refusal_of(Step::resume, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  Draft draft(state, context);
  resume(draft, state, command.trigger, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const ReportProgress& command, const Context& context) {
  if (auto refusal = refusal_of(Step::inform, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto& next = command.next_update_at;
  if (const auto guard = context.guard("promise_in_past", next && *next <= context.now,
                                       [&] { return next ? to_wire(*next) : std::string(); }))
    return guard.refuse("report progress", "the next update lies in the past");
  Draft draft(state, context);
  draft.add(ProgressReported{command.kind, command.channel, next, command.pii});
  tell_customer(draft, state, context.policy, next);
  return draft.take();
}

Decision decide(const CaseState& state, const ChaseCase& command, const Context& context) {
  const bool by_customer = command.by == ChasedBy::customer;
  if (auto refusal = refusal_of(by_customer ? Step::hear : Step::chase, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  WorkChased event{command.by, state.chases + 1, command.channel, command.pii};
  if (state.status == CaseStatus::closed) return hear_on_closed(state, std::move(event), context);
  Draft draft(state, context);
  draft.add(std::move(event));
  if (!by_customer) return draft.take();
  wake(draft, state, context.policy);
  if (state.status == CaseStatus::resolved) owe_answer(draft, state, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const RaiseEscalation& command, const Context& context) {
  static constexpr auto kIntent = "escalate the case";
  if (auto refusal = refusal_of(Step::escalate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto to = command.to.value_or(context.policy.roles.lead);
  if (const auto guard =
          context.guard("field_missing", to.empty(), [&] { return std::to_string(to.size()); }))
    return guard.refuse(kIntent, "'to' names no role, and the policy has no lead");
  if (const auto guard = context.guard("reason_required", command.pii.text.empty()))
    return guard.refuse(kIntent, "there is no reason");
  return std::vector<Event>{EscalationRaised{command.level.value_or(1), to, command.pii}};
}

Decision decide(const CaseState& state, const AttemptCall& command, const Context& context) {
  static constexpr auto kIntent = "record the call";
  static constexpr auto kLeastPrompts = 2;  // A046
  if (auto refusal = refusal_of(Step::call, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard =
          context.guard("do_not_call", command.direction == CallDirection::outbound && state.do_not_call,
                        [&] { return name_of(command.direction); }))
    return guard.refuse(kIntent, "the customer does not want to be called");
  const bool gave_up = command.outcome == CallOutcome::silent && command.hung_up_by == HungUpBy::agent;
  if (const auto guard =
          context.guard("prompts_missing", gave_up && command.prompts.value_or(0) < kLeastPrompts,
                        [&] { return std::to_string(command.prompts.value_or(0)); })) {
    return guard.refuse(kIntent, "the agent hung up on a silent caller who was not spoken to twice");
  }
  CallAttempted event{command.direction, command.outcome, command.hung_up_by,
                      command.prompts,   command.seconds, command.pii};
  const bool connected = command.outcome == CallOutcome::connected;
  const bool hears = command.direction == CallDirection::inbound;
  if (state.status == CaseStatus::closed && connected && hears)
    return hear_on_closed(state, std::move(event), context);
  Draft draft(state, context);
  draft.add(std::move(event));
  if (!connected) return draft.take();
  if (hears && state.status == CaseStatus::resolved) {
    draft.meet(TimerKind::first_response);
    const CustomerWords words{command.pii.value_or(WorkText{}).text};
    hear_on_resolved(draft, state, Channel::phone, words, context.policy);
    return draft.take();
  }
  tell_customer(draft, state, context.policy);
  if (hears) wake(draft, state, context.policy);
  return draft.take();
}

}  // namespace casetrail
