// Work on a case and words to and from the customer.
#include "aggregates/case/decide.h"

#include "aggregates/case/draft.h"
#include "aggregates/case/matrix.h"
#include "aggregates/case/work/commands.h"
#include "events/case/work.h"

namespace casetrail {
namespace {

/// A report of progress counts as telling the customer of a suspension for so long.
constexpr auto kInformedRecently = std::chrono::hours{24};

bool is_worked_on(CaseStatus status) {
  return status == CaseStatus::in_progress || status == CaseStatus::awaiting_customer ||
         status == CaseStatus::suspended;
}

Decision hear_on_closed(const CaseState& state, const ReceiveMessage& command, const Context& context) {
  static constexpr auto kIntent = "take in the customer's message";
  const auto& rules = context.policy.closing;
  if (rules.message_on_closed == MessageOnClosed::reject)
    return refuse("message_on_closed", kIntent, "the case is closed; register a new one");
  if (reopen_window_passed(state, context)) {
    return refuse("reopen_window_passed", kIntent, "the case was closed too long ago; register a new one");
  }
  Draft draft(state, context.now, context.policy);
  draft.add(MessageReceived{command.channel, command.pii});
  reopen(draft, state, ReopenReason::customer_message, std::nullopt, context.policy);
  return draft.take();
}

}  // namespace

Decision decide(const CaseState& state, const StartWork&, const Context& context) {
  static constexpr auto kIntent = "start work";
  if (auto refusal = refusal_of(Step::start, state.status)) return std::unexpected(std::move(*refusal));
  const auto agent = acting_agent(state, context, kIntent);
  if (!agent) return std::unexpected(agent.error());
  if (!state.assignment.accepted)
    return refuse("not_accepted", kIntent, "the assignee has not accepted the case yet");
  Draft draft(state, context.now, context.policy);
  draft.add(WorkStarted{*agent});
  draft.promise(TimerKind::next_update, context.now, sla_of(state, context.policy));
  name_first_owner(draft, state, *agent, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const ReceiveMessage& command, const Context& context) {
  if (auto refusal = refusal_of(Step::hear, state.status)) return std::unexpected(std::move(*refusal));
  if (state.status == CaseStatus::closed) return hear_on_closed(state, command, context);
  Draft draft(state, context.now, context.policy);
  draft.add(MessageReceived{command.channel, command.pii});
  if (state.status == CaseStatus::awaiting_customer) draft.end_waiting();
  return draft.take();
}

Decision decide(const CaseState& state, const SendMessage& command, const Context& context) {
  if (auto refusal = refusal_of(Step::inform, state.status)) return std::unexpected(std::move(*refusal));
  Draft draft(state, context.now, context.policy);
  draft.add(MessageSent{command.channel, command.pii});
  draft.meet(TimerKind::first_response);
  return draft.take();
}

Decision decide(const CaseState& state, const RequestInfo& command, const Context& context) {
  if (auto refusal = refusal_of(Step::request_info, state.status))
    return std::unexpected(std::move(*refusal));
  if (command.answer_by && *command.answer_by <= context.now)
    return refuse("promise_in_past", "ask the customer", "the time to answer has passed");
  Draft draft(state, context.now, context.policy);
  draft.add(InfoRequested{command.answer_by, command.pii});
  draft.meet(TimerKind::first_response);
  draft.pause(TimerKind::resolution);
  if (command.answer_by) draft.set_timer(TimerKind::info_answer, {}, *command.answer_by);
  return draft.take();
}

Decision decide(const CaseState& state, const SuspendWork& command, const Context& context) {
  static constexpr auto kIntent = "suspend the case";
  if (auto refusal = refusal_of(Step::suspend, state.status)) return std::unexpected(std::move(*refusal));
  const auto& rules = context.policy.suspension;
  const auto latest = context.now + rules.max;
  if (!command.review_at || *command.review_at <= context.now || *command.review_at > latest)
    return refuse("review_date_required", kIntent,
                  "there is no review date between now and " + to_wire(latest));
  if (!command.pii || command.pii->text.empty())
    return refuse("reason_required", kIntent, "there is no explanation");
  const auto& informed = state.last_informed_at;
  const bool informed_lately = informed && *informed + kInformedRecently >= context.now;
  if (!command.customer_informed && !informed_lately)
    return refuse("customer_not_informed", kIntent, "nobody told the customer in the last day");
  Draft draft(state, context.now, context.policy);
  draft.add(WorkSuspended{command.reason_code, command.review_at, command.customer_informed, command.pii});
  draft.clear(TimerKind::info_answer);
  for (const auto kind : rules.pauses) draft.pause(kind);
  draft.set_timer(TimerKind::suspension_review, {}, *command.review_at);
  return draft.take();
}

Decision decide(const CaseState& state, const ResumeWork& command, const Context& context) {
  if (auto refusal = refusal_of(Step::resume, state.status)) return std::unexpected(std::move(*refusal));
  const auto& calendar = sla_of(state, context.policy).calendar;
  const auto waited = context.policy.between(calendar, state.suspended_at.value_or(context.now), context.now);
  Draft draft(state, context.now, context.policy);
  draft.add(WorkResumed{command.trigger, waited.count()});
  draft.end_waiting();
  return draft.take();
}

Decision decide(const CaseState& state, const ReportProgress& command, const Context& context) {
  if (auto refusal = refusal_of(Step::inform, state.status)) return std::unexpected(std::move(*refusal));
  const auto& next = command.next_update_at;
  if (next && *next <= context.now)
    return refuse("promise_in_past", "report progress", "the next update lies in the past");
  Draft draft(state, context.now, context.policy);
  draft.add(ProgressReported{command.kind, command.channel, next, command.pii});
  draft.meet(TimerKind::first_response);
  draft.meet(TimerKind::next_update);
  if (next) {
    draft.set_timer(TimerKind::next_update, {}, *next);
  } else if (is_worked_on(state.status) && command.kind != ProgressKind::result) {
    draft.promise(TimerKind::next_update, context.now, sla_of(state, context.policy));
  }
  return draft.take();
}

}  // namespace casetrail
