// Calling the customer back within his hours, until he was reached or every attempt is used.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/callback/commands.h"
#include "aggregates/case/draft.h"
#include "aggregates/case/matrix.h"
#include "events/case/callback.h"
#include "events/wire/reflect.h"

namespace casetrail {
namespace {

/// Who has no calling hours in the policy may be called at any time, for a day.
constexpr auto kSlotWithoutHours = std::chrono::hours{24};
/// So long a call outside of the usual hours stays the one that was agreed on.
constexpr auto kAgreedSlot = std::chrono::hours{1};
constexpr std::string_view kZoneWithoutHours = "Etc/UTC";

const CallingHours* find_hours(const Policy& policy, std::string_view tz) {
  const auto& all = policy.callback.hours;
  const auto found = std::ranges::find_if(
      all, [&](const CallingHours& hours) { return hours.calendar.zone().name() == tz; });
  return found == all.end() ? nullptr : &*found;
}

/// The customer's zone, where the policy has hours for it.
std::string usual_zone(const CaseState& state, const Policy& policy) {
  const auto& all = policy.callback.hours;
  if (state.customer_tz && !state.customer_tz->empty() &&
      (all.empty() || find_hours(policy, *state.customer_tz) != nullptr))
    return *state.customer_tz;
  return all.empty() ? std::string(kZoneWithoutHours) : all.front().calendar.zone().name();
}

bool is_open(const CallingHours& hours, Timestamp at) { return hours.calendar.next_open(at) == at; }

CallSlot slot_for(const CaseState& state, std::string_view tz, Timestamp wanted, const Policy& policy) {
  const auto* hours = find_hours(policy, tz);
  if (hours == nullptr) return {wanted, wanted + kSlotWithoutHours, std::nullopt};
  return first_slot(*hours, state.last_heard_at.value_or(Timestamp{}), wanted);
}

/// A call that the customer agreed on is made when they asked for it, outside of the usual hours, too.
CallSlot agreed_slot(const CaseState& state, std::string_view tz, Timestamp at, const Policy& policy) {
  const auto* hours = find_hours(policy, tz);
  if (hours == nullptr || is_open(*hours, at)) return slot_for(state, tz, at, policy);
  return {at, at + kAgreedSlot, std::nullopt};
}

/// Whether the call was agreed on for `now`, outside of the usual hours.
bool is_agreed_out_of_hours(const CallbackRegion& callback, const CallingHours& hours, Timestamp now) {
  return callback.purpose == CallbackPurpose::agreed_call && !is_open(hours, callback.not_before) &&
         now <= callback.not_before + kAgreedSlot;
}

bool is_heard_since(const CaseState& state, Timestamp at) {
  return state.last_heard_at && *state.last_heard_at > at;
}

/// When the policy's gap behind the last try is over. Who was not heard since that try asked for nothing;
/// whoever was, and asked, may be called at once.
std::optional<Timestamp> end_of_gap(const CaseState& state, const CallbackRegion& callback, bool is_asked_for,
                                    const Policy& policy) {
  const auto& tried = callback.last_attempt_at;
  if (!tried || (is_asked_for && is_heard_since(state, *tried))) return std::nullopt;
  return *tried + policy.callback.gap;
}

/// Whether a callback that may not be made yet may be planned for a sooner hour.
bool may_be_sooner(const CaseState& state, const CallbackRegion& callback, const Context& context) {
  const auto wanted =
      std::max(context.now, end_of_gap(state, callback, true, context.policy).value_or(context.now));
  return slot_for(state, callback.tz, wanted, context.policy).not_before < callback.not_before;
}

/// The open callback of this id, or what stands against acting on it.
std::expected<const CallbackRegion*, Rejection> open_callback(const CaseState& state, const CallbackId& id,
                                                              std::string_view intent,
                                                              const Context& context) {
  if (auto refusal = refusal_of(Step::call_back, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto found = std::ranges::find(state.callbacks, id, &CallbackRegion::callback_id);
  if (const auto guard =
          context.guard("callback_unknown", found == state.callbacks.end(), [&] { return id.value; }))
    return guard.refuse(intent, "the case has no callback '" + id.value + "'");
  if (const auto guard = context.guard("callback_not_open", found->phase != CallbackPhase::scheduled,
                                       [&] { return name_of(found->phase); })) {
    return guard.refuse(intent, "callback '" + id.value + "' is " + std::string(name_of(found->phase)));
  }
  return &*found;
}

std::optional<Rejection> check_may_call(const CaseState& state, std::string_view intent,
                                        const Context& context) {
  const auto guard = context.guard("do_not_call", state.do_not_call,
                                   [&] { return state.do_not_call ? "not to be called" : "may be called"; });
  if (!guard) return std::nullopt;
  return guard.refuse(intent, "the customer does not want to be called").error();
}

bool has_open(const CaseState& state, const Code<CallbackPurpose>& purpose) {
  return std::ranges::any_of(state.callbacks, [&](const CallbackRegion& callback) {
    return callback.phase == CallbackPhase::scheduled && callback.purpose == purpose;
  });
}

void add_scheduled(Draft& draft, CallbackScheduled event, const CallSlot& slot) {
  event.not_before = slot.not_before;
  event.not_after = slot.not_after;
  event.shifted_because = slot.shifted_because;
  const auto id = event.callback_id.value;
  draft.chose("call_slot", [&] {
    return id + " from " + to_wire(slot.not_before) + " to " + to_wire(slot.not_after) +
           (slot.shifted_because ? ", for " + std::string(name_of(*slot.shifted_because)) : std::string());
  });
  draft.add(std::move(event));
  draft.set_timer(TimerKind::callback_due, id, slot.not_after);
}

/// Nobody was reached: the next try, or the end of trying.
void add_next_attempt(Draft& draft, const CaseState& state, const CallbackRegion& callback,
                      CallbackAttempted event, const Context& context) {
  const auto& rules = context.policy.callback;
  if (event.attempt_no >= rules.max_attempts) {
    event.next_not_before.reset();
    const CallbackExhausted exhausted{event.callback_id, event.attempt_no};
    draft.add(std::move(event));
    draft.add(exhausted);
    draft.clear(TimerKind::callback_due, callback.callback_id.value);
    return;
  }
  const auto wanted = std::max(event.next_not_before.value_or(context.now), context.now + rules.gap);
  const auto slot = slot_for(state, callback.tz, wanted, context.policy);
  event.next_not_before = slot.not_before;
  event.next_not_after = slot.not_after;
  draft.add(std::move(event));
  draft.set_timer(TimerKind::callback_due, callback.callback_id.value, slot.not_after);
}

/// What is wrong in the customer's eyes, else what else was said.
std::string words_of(const CompleteCallback& command) {
  if (!command.pii) return {};
  const auto& said = *command.pii;
  return said.problem_where.value_or(said.how_to_satisfy.value_or(said.comment.value_or("")));
}

/// Who is not satisfied is heard as if they had written it.
void hear_dissatisfied(Draft& draft, const CaseState& state, const CompleteCallback& command,
                       const Context& context) {
  const auto& policy = context.policy;
  auto completed = state;
  std::ranges::find(completed.callbacks, command.callback_id, &CallbackRegion::callback_id)->phase =
      CallbackPhase::completed;
  const CustomerWords words{words_of(command)};
  if (state.status == CaseStatus::resolved)
    return hear_on_resolved(draft, completed, Channel::phone, words, policy);
  const bool opens_again = state.status == CaseStatus::closed && !reopen_window_passed(state, context) &&
                           policy.closing.message_on_closed == MessageOnClosed::reopen;
  if (opens_again) reopen(draft, completed, ReopenReason::callback_problem, words, policy);
}

}  // namespace

bool is_one_of(const std::vector<Code<CaseKind>>& kinds, const CaseState& state, const Policy& policy) {
  const auto includes = [&](const Code<CaseKind>& kind) {
    return std::ranges::find(kinds, kind) != kinds.end();
  };
  const bool complains = is_open(state.complaint) || state.complaint == ComplaintPhase::closed ||
                         policy.catalogues.has(state.kind, &CatalogueEntry::is_complaint);
  return includes(state.kind) || (complains && includes(CaseKind::complaint));
}

void plan_callbacks(Draft& draft, const CaseState& state, const Policy& policy) {
  if (state.do_not_call || state.callback_waived) return;
  auto number = state.minted.callbacks;
  for (const auto& plan : policy.callback.plans) {
    const bool is_about = is_one_of(plan.kinds, state, policy);
    const bool is_open = has_open(state, plan.purpose);
    draft.chose("callback_plan", [&] {
      return plan.id + (is_open ? ": one is open" : is_about ? ": planned" : ": not for cases of this kind");
    });
    if (!is_about || is_open) continue;
    CallbackScheduled event;
    event.callback_id.value = "c" + std::to_string(++number);
    event.plan_id = plan.id;
    event.purpose = plan.purpose;
    event.form = plan.form;
    event.tz = usual_zone(state, policy);
    event.required_before_close = is_one_of(plan.required_before_close, state, policy);
    const auto slot = slot_for(state, event.tz, draft.now() + plan.delay, policy);
    add_scheduled(draft, std::move(event), slot);
  }
}

Decision decide(const CaseState& state, const ScheduleCallback& command, const Context& context) {
  static constexpr auto kIntent = "schedule a callback";
  if (auto refusal = refusal_of(Step::call_back, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (auto refusal = check_may_call(state, kIntent, context)) return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("callback_pending", has_open(state, command.purpose),
                                       [&] { return command.purpose.text(); }))
    return guard.refuse(kIntent, "one of this purpose is scheduled already");
  const auto tz = command.tz.value_or(usual_zone(state, context.policy));
  if (const auto guard = context.guard(
          "zone_unknown",
          command.tz && !context.policy.callback.hours.empty() && find_hours(context.policy, tz) == nullptr,
          [&] { return tz; }))
    return guard.refuse(kIntent, "the policy has no calling hours in '" + tz + "'");
  const auto wanted = std::max(command.not_before.value_or(context.now), context.now);

  CallbackScheduled event;
  event.callback_id.value = "c" + std::to_string(state.minted.callbacks + 1);
  event.purpose = command.purpose;
  event.form = context.policy.callback.form;
  event.tz = tz;
  event.agent_id = command.agent_id;
  event.required_before_close = false;
  Draft draft(state, context);
  const bool agreed = command.purpose == CallbackPurpose::agreed_call && command.not_before == wanted;
  const auto slot =
      agreed ? agreed_slot(state, tz, wanted, context.policy) : slot_for(state, tz, wanted, context.policy);
  add_scheduled(draft, std::move(event), slot);
  return draft.take();
}

Decision decide(const CaseState& state, const RescheduleCallback& command, const Context& context) {
  static constexpr auto kIntent = "reschedule the callback";
  const auto callback = open_callback(state, command.callback_id, kIntent, context);
  if (!callback) return std::unexpected(callback.error());
  const bool asked_for = command.reason == RescheduleReason::customer_request;
  const auto gap_end = end_of_gap(state, **callback, asked_for, context.policy);
  const auto wanted = std::max({command.not_before, context.now, gap_end.value_or(context.now)});
  const bool agreed =
      (*callback)->purpose == CallbackPurpose::agreed_call && asked_for && command.not_before == wanted;
  const auto slot = agreed ? agreed_slot(state, (*callback)->tz, wanted, context.policy)
                           : slot_for(state, (*callback)->tz, wanted, context.policy);
  const bool moves = slot.not_before != (*callback)->not_before;
  if (const auto guard = context.guard("callback_gap", !moves && gap_end && command.not_before < *gap_end,
                                       [&] { return gap_end ? to_wire(*gap_end) : "no attempt yet"; })) {
    return guard.refuse(kIntent,
                        "the gap behind the last attempt ends at " + to_wire(*gap_end) +
                            "; only a customer who was heard since and asks for it is called sooner");
  }
  if (!moves) return {};
  Draft draft(state, context);
  draft.add(CallbackRescheduled{command.callback_id, slot.not_before, slot.not_after, command.reason});
  draft.set_timer(TimerKind::callback_due, command.callback_id.value, slot.not_after);
  return draft.take();
}

Decision decide(const CaseState& state, const AttemptCallback& command, const Context& context) {
  static constexpr auto kIntent = "call the customer";
  const auto found = open_callback(state, command.callback_id, kIntent, context);
  if (!found) return std::unexpected(found.error());
  const auto& callback = **found;
  if (auto refusal = check_may_call(state, kIntent, context)) return std::unexpected(std::move(*refusal));
  if (const auto guard =
          context.guard("attempts_exhausted", callback.attempts >= context.policy.callback.max_attempts,
                        [&] { return std::to_string(callback.attempts); }))
    return guard.refuse(kIntent, "every attempt is used");
  if (const auto guard = context.guard("too_early", context.now < callback.not_before,
                                       [&] { return to_wire(callback.not_before); })) {
    return guard.refuse(kIntent,
                        "the callback may be made from " + to_wire(callback.not_before) + " on; " +
                            (may_be_sooner(state, callback, context)
                                 ? "reschedule it first"
                                 : "the gap behind an attempt and the calling hours allow no sooner one"));
  }
  const auto* hours = find_hours(context.policy, callback.tz);
  const bool in_hours = hours == nullptr || is_open(*hours, context.now);
  if (const auto guard =
          context.guard("quiet_hours", !in_hours && !is_agreed_out_of_hours(callback, *hours, context.now),
                        [&] { return to_wire(context.now) + " in " + callback.tz; }))
    return guard.refuse(kIntent, "it is outside of the hours in which the customer may be called");

  CallbackAttempted event{command.callback_id,
                          context.actor_id(),
                          callback.attempts + 1,
                          command.outcome,
                          command.next_not_before,
                          hours != nullptr && in_hours ? std::optional(true) : std::nullopt,
                          std::nullopt};
  Draft draft(state, context);
  switch (command.outcome) {
    case CallbackOutcome::connected:
      event.next_not_before.reset();
      draft.add(std::move(event));
      tell_customer(draft, state, context.policy);
      break;
    case CallbackOutcome::refused:
      event.next_not_before.reset();
      draft.add(std::move(event));
      draft.add(CallbackRefused{command.callback_id, false});
      draft.clear(TimerKind::callback_due, command.callback_id.value);
      break;
    case CallbackOutcome::no_answer:
    case CallbackOutcome::busy:
    case CallbackOutcome::wrong_number:
    case CallbackOutcome::voicemail:
      add_next_attempt(draft, state, callback, std::move(event), context);
      break;
  }
  return draft.take();
}

Decision decide(const CaseState& state, const CompleteCallback& command, const Context& context) {
  static constexpr auto kIntent = "complete the callback";
  const auto callback = open_callback(state, command.callback_id, kIntent, context);
  if (!callback) return std::unexpected(callback.error());
  if (const auto guard = context.guard("callback_not_connected", !(*callback)->connected,
                                       [&] { return std::to_string((*callback)->attempts) + " attempts"; }))
    return guard.refuse(kIntent, "no attempt has reached the customer; record the attempt first");
  const bool asks = (*callback)->purpose != CallbackPurpose::agreed_call;
  if (const auto guard = context.guard("field_missing", asks && !command.answers.satisfied,
                                       [] { return "answers.satisfied"; }))
    return guard.refuse(kIntent, "'answers.satisfied' does not say whether the customer is satisfied");
  const auto& rating = command.answers.service_rating;
  if (const auto guard = context.guard("rating_out_of_range", rating && (*rating < 1 || *rating > 5),
                                       [&] { return rating ? std::to_string(*rating) : "none"; }))
    return guard.refuse(kIntent, "the rating is not between 1 and 5");
  Draft draft(state, context);
  draft.add(CallbackCompleted{command.callback_id, context.actor_id(), command.answers, command.pii});
  draft.clear(TimerKind::callback_due, command.callback_id.value);
  if (command.answers.satisfied == false)
    hear_dissatisfied(draft, state, command, context);
  else
    answer_customer(draft, state, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const RouteCallbackFeedback& command, const Context& context) {
  static constexpr auto kIntent = "route the customer's feedback";
  if (auto refusal = refusal_of(Step::call_back, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto callback = std::ranges::find(state.callbacks, command.callback_id, &CallbackRegion::callback_id);
  if (const auto guard = context.guard(
          "callback_not_completed",
          callback == state.callbacks.end() || callback->phase != CallbackPhase::completed,
          [&] { return callback == state.callbacks.end() ? "unknown" : name_of(callback->phase); })) {
    return guard.refuse(kIntent, "callback '" + command.callback_id.value + "' has not been completed");
  }
  if (const auto guard = context.guard("department_unknown", !context.policy.knows(command.department_id),
                                       [&] { return command.department_id.value; })) {
    return guard.refuse(kIntent, "the policy has no department '" + command.department_id.value + "'");
  }
  const bool nothing_new = callback->taken_on || !command.created_case_id;
  if (callback->routed && nothing_new) return {};
  Draft draft(state, context);
  draft.add(CallbackFeedbackRouted{command.callback_id, command.department_id, command.route,
                                   command.created_case_id});
  if (command.created_case_id) answer_customer(draft, state, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const RefuseCallback& command, const Context& context) {
  static constexpr auto kIntent = "note that the customer refused";
  const auto callback = open_callback(state, command.callback_id, kIntent, context);
  if (!callback) return std::unexpected(callback.error());
  const bool is_heard = (*callback)->connected || is_heard_since(state, (*callback)->scheduled_at);
  if (const auto guard = context.guard("customer_not_heard", !is_heard, [&] {
        return state.last_heard_at ? to_wire(*state.last_heard_at) : std::string("never");
      }))
    return guard.refuse(kIntent,
                        "the customer has not been heard since the callback was planned; record the call or "
                        "the message in which they said so first");
  Draft draft(state, context);
  draft.add(CallbackRefused{command.callback_id, command.do_not_call});
  draft.clear(TimerKind::callback_due, command.callback_id.value);
  return draft.take();
}

Decision decide(const CaseState& state, const WaiveCallback& command, const Context& context) {
  static constexpr auto kIntent = "waive the callback";
  if (auto refusal = refusal_of(Step::call_back, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("reason_required", command.reason.empty()))
    return guard.refuse(kIntent, "there is no reason");
  auto id = command.callback_id;
  if (id) {
    const auto callback = open_callback(state, *id, kIntent, context);
    if (!callback) return std::unexpected(callback.error());
  } else {
    if (state.callback_waived) return {};
    const auto open = std::ranges::find(state.callbacks, CallbackPhase::scheduled, &CallbackRegion::phase);
    if (open != state.callbacks.end()) id = open->callback_id;
  }
  CallbackWaived event{id, command.reason, command.approved_by.value_or(context.actor_id())};
  if (auto refusal =
          name_approver(event.approved_by, event.approval_id, state, ApprovalSubject::callback_waiver,
                        id.value_or(CallbackId{}).value, kIntent, context))
    return std::unexpected(std::move(*refusal));
  Draft draft(state, context);
  draft.add(std::move(event));
  if (id) draft.clear(TimerKind::callback_due, id->value);
  return draft.take();
}

void cancel_callbacks(Draft& draft, const CaseState& state, CancelReason why) {
  for (const auto& callback : state.callbacks) {
    if (callback.phase != CallbackPhase::scheduled || callback.purpose == CallbackPurpose::agreed_call)
      continue;
    draft.add(CallbackCanceled{callback.callback_id, why});
    draft.clear(TimerKind::callback_due, callback.callback_id.value);
  }
}

Decision decide(const CaseState& state, const CancelCallback& command, const Context& context) {
  static constexpr auto kIntent = "cancel the callback";
  const auto callback = open_callback(state, command.callback_id, kIntent, context);
  if (!callback) return std::unexpected(callback.error());
  if (const auto guard = context.guard("callback_required", (*callback)->required_before_close,
                                       [&] { return (*callback)->purpose.text(); }))
    return guard.refuse(kIntent, "the policy requires it before closing; waive it instead");
  Draft draft(state, context);
  draft.add(CallbackCanceled{command.callback_id, command.reason_code});
  draft.clear(TimerKind::callback_due, command.callback_id.value);
  return draft.take();
}

Decision decide(const CaseState& state, const AssignCallback& command, const Context& context) {
  const auto callback = open_callback(state, command.callback_id, "assign the callback", context);
  if (!callback) return std::unexpected(callback.error());
  if ((*callback)->agent_id == command.agent_id) return {};
  return std::vector<Event>{CallbackAssigned{command.callback_id, command.agent_id}};
}

}  // namespace casetrail
