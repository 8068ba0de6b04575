// Taking a request in and sorting it.
#include "aggregates/case/decide.h"

#include <algorithm>
#include <chrono>

#include "aggregates/case/draft.h"
#include "aggregates/case/matrix.h"
#include "aggregates/case/other_case.h"
#include "aggregates/case/request/commands.h"
#include "aggregates/time/zone.h"
#include "events/case/case_id.h"
#include "events/case/case_number.h"
#include "events/case/complaint.h"
#include "events/case/notes.h"
#include "events/case/request.h"
#include "events/case/timer.h"
#include "events/wire/reflect.h"

namespace casetrail {
namespace {

/// So much later a registration may be sent than it says.
constexpr auto kLateRegistration = std::chrono::hours{24};

bool has(const KnownFields& known, IntakeField field) {
  switch (field) {
    case IntakeField::name: return known.name;
    case IntakeField::contact: return known.contact;
    case IntakeField::address: return known.address;
    case IntakeField::product_model: return known.product_model;
    case IntakeField::service_need: return known.service_need;
    case IntakeField::order_ref: return known.order_ref;
  }
  return false;
}

/// The fields of those of the kind that `is_missing`: `'name', 'contact'`; empty when none is.
template <std::predicate<IntakeField> IsMissing>
std::string fields_missing(const Policy& policy, const Code<CaseKind>& kind, const IsMissing& is_missing) {
  std::string all;
  for (const auto field : policy.required_of(kind)) {
    if (is_missing(field)) all.append(all.empty() ? "'" : ", '").append(name_of(field)).append("'");
  }
  return all;
}

/// What must be known of every request of the kind that it has from now on, and would not be: it is taken
/// away, or was not asked of the kind before.
std::string unknown_after(const CaseState& state, const AmendRequest& command, const Policy& policy) {
  const auto known = known_after(state.known, command);
  const auto& asked = policy.required_of(state.kind);
  return fields_missing(policy, command.kind.value_or(state.kind), [&](IntakeField field) {
    const bool was_asked = std::ranges::find(asked, field) != asked.end();
    return !has(known, field) && (!was_asked || has(state.known, field));
  });
}

/// Where the policy does not count the kind among the complaints, the event does not speak of it.
std::optional<bool> complaint_flag(const Code<CaseKind>& kind, const Policy& policy) {
  const bool is_complaint = policy.catalogues.has(kind, &CatalogueEntry::is_complaint);
  return is_complaint ? std::optional(true) : std::nullopt;
}

/// What is so already is not amended.
RequestAmended amended(const CaseState& state, const AmendRequest& command, const Policy& policy) {
  RequestAmended event{command.kind,      command.service_stage, command.customer_ref, command.product_model,
                       command.serial_no, command.order_ref,     command.category,     command.customer_tz,
                       command.pii,       std::nullopt};
  if (event.kind == state.kind) event.kind.reset();
  if (event.kind) event.is_complaint = complaint_flag(*event.kind, policy);
  if (event.category == state.category) event.category.reset();
  return event;
}

bool says_anything(const AmendedDetails& person) {
  return person.name || person.contacts || person.address || person.service_need || person.symptom;
}

bool amends(const RequestAmended& event) {
  return event.kind || event.service_stage || event.customer_ref || event.product_model || event.serial_no ||
         event.order_ref || event.category || event.customer_tz || (event.pii && says_anything(*event.pii));
}

std::optional<Rejection> check_zone(const std::optional<std::string>& name, std::string_view intent,
                                    const Context& context) {
  const bool is_unknown = name && !name->empty() && !Zone::exists(*name);
  const auto guard = context.guard("zone_unknown", is_unknown, [&] { return name.value_or(""); });
  if (!guard) return std::nullopt;
  return guard.refuse(intent, "'" + *name + "' is the IANA name of no time zone, such as 'Asia/Shanghai'")
      .error();
}

RequestRegistered registered(const RegisterRequest& command, const Context& context) {
  RequestRegistered event;
  event.kind = command.kind;
  event.service_stage = command.service_stage.value_or(ServiceStage::after_sale);
  event.channel = command.channel;
  if (command.external_ref) event.external_ref = command.external_ref->value;
  if (context.envelope.place >= 0) event.number = case_number(context.now, context.envelope.place);
  event.received_at =
      std::min(command.received_at.value_or(context.envelope.occurred_at), context.envelope.occurred_at);
  event.customer_ref = command.customer_ref;
  event.product_model = command.product_model;
  event.serial_no = command.serial_no;
  event.order_ref = command.order_ref;
  event.category = command.category;
  event.customer_tz = command.customer_tz;
  event.pii = command.pii;
  event.is_complaint = complaint_flag(command.kind, context.policy);
  return event;
}

bool same(const Classification& a, const RequestClassified& b) {
  return a.category == b.category && a.service_type == b.service_type && a.difficulty == b.difficulty &&
         a.required_skills == b.required_skills;
}

SlaAttached attached(Priority priority, const SlaRules& rules, const Context& context) {
  const auto target = [&](SlaMetric metric, const BusinessSpan& amount) {
    return SlaTarget{metric, context.policy.length(rules.calendar, context.now, amount).count(),
                     rules.calendar};
  };
  return {
      std::string(name_of(priority)),
      {target(SlaMetric::first_response, rules.first_response),
       target(SlaMetric::next_update, rules.next_update), target(SlaMetric::resolution, rules.resolution)}};
}

/// Whether news are due at that moment already.
bool is_promised(const CaseState& state, Timestamp at) {
  return std::ranges::any_of(state.timers, [&](const RunningTimer& timer) {
    return timer.kind == TimerKind::next_update && timer.due_at == at;
  });
}

}  // namespace

Decision decide(const CaseState& state, const RegisterRequest& command, const Context& context) {
  static constexpr auto kIntent = "register the request";
  if (const auto guard = context.guard("already_registered", state.status != CaseStatus::none,
                                       [&] { return name_of(state.status); }))
    return guard.refuse(kIntent, "this case is registered already");
  const auto known = known_of(command);
  const auto missing =
      fields_missing(context.policy, command.kind, [&](IntakeField field) { return !has(known, field); });
  if (const auto guard =
          context.guard("field_missing", !missing.empty(), [&]() -> const auto& { return missing; }))
    return guard.refuse(kIntent, "the request says nothing in " + missing);
  if (auto refusal = check_zone(command.customer_tz, kIntent, context))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard(
          "case_id_mismatch",
          command.external_ref &&
              case_id_of(command.channel, command.external_ref->value) != context.envelope.case_id,
          [&] { return command.external_ref ? command.external_ref->value : "no reference"; })) {
    return guard.refuse(kIntent, "the case id is not the one of its channel and reference");
  }
  if (const auto guard = context.guard("occurred_before_case",
                                       context.envelope.occurred_at < context.now - kLateRegistration,
                                       [&] { return to_wire(context.envelope.occurred_at); })) {
    return guard.refuse(kIntent,
                        "'occurred_at' is more than a day ago; say in 'received_at' when the customer came");
  }
  Draft draft(state, context);
  auto event = registered(command, context);
  const bool since_received = context.policy.clock_from == ClockFrom::received_at;
  const auto from = since_received ? event.received_at : context.now;
  draft.add(std::move(event));
  draft.promise(TimerKind::first_response, sla_of(state, context.policy), from);
  if (context.by_agent()) name_first_owner(draft, state, context.actor_id(), context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const AcknowledgeRequest& command, const Context& context) {
  if (auto refusal = refusal_of(Step::inform, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto& promised = command.promised_next_update_at;
  if (state.acknowledged && (!promised || is_promised(state, *promised))) return {};
  if (const auto guard = context.guard("promise_in_past", promised && *promised <= context.now,
                                       [&] { return promised ? to_wire(*promised) : "nothing promised"; }))
    return guard.refuse("acknowledge the request", "the promised update lies in the past");
  Draft draft(state, context);
  draft.add(RequestAcknowledged{command.channel, promised});
  if (promised) draft.set_timer(TimerKind::next_update, {}, *promised);
  return draft.take();
}

Decision decide(const CaseState& state, const ClassifyRequest& command, const Context& context) {
  static constexpr auto kIntent = "classify the request";
  if (auto refusal = refusal_of(Step::classify, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  RequestClassified event{command.category, command.service_type, command.difficulty.value_or(1),
                          command.required_skills.value_or(std::vector<std::string>{}),
                          context.by_agent() ? ClassifiedBy::agent : ClassifiedBy::rule};
  if (const auto guard = context.guard("field_missing", event.category.empty(), [] { return "category"; }))
    return guard.refuse(kIntent, "'category' is empty");
  if (const auto guard =
          context.guard("difficulty_out_of_range", event.difficulty < 1 || event.difficulty > 5,
                        [&] { return std::to_string(event.difficulty); }))
    return guard.refuse(kIntent, "the difficulty is not between 1 and 5");
  if (state.classification && same(*state.classification, event)) return {};
  return std::vector<Event>{std::move(event)};
}

Decision decide(const CaseState& state, const PrioritizeRequest& command, const Context& context) {
  if (auto refusal = refusal_of(Step::classify, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto impact = static_cast<std::size_t>(command.impact);
  const auto urgency = static_cast<std::size_t>(command.urgency);
  const auto priority = context.policy.priority_matrix[impact][urgency];
  if (state.priority == priority) return {};

  context.chose("priority_matrix", [&] {
    return std::string(name_of(command.impact))
        .append(" × ")
        .append(name_of(command.urgency))
        .append(" → ")
        .append(name_of(priority));
  });
  const auto& rules = context.policy.sla[static_cast<std::size_t>(priority)];
  Draft draft(state, context);
  draft.add(RequestPrioritized{command.impact, command.urgency, priority, command.reason});
  draft.add(attached(priority, rules, context));
  draft.change_target(TimerKind::first_response, rules);
  draft.change_target(TimerKind::next_update, rules);
  draft.change_target(TimerKind::resolution, rules);
  if (!state.priority && clock_of(state, TimerKind::resolution) == nullptr)
    draft.promise(TimerKind::resolution, rules, clocks_count_from(state, context.policy, context.now));
  return draft.take();
}

Decision decide(const CaseState& state, const AmendRequest& command, const Context& context) {
  static constexpr auto kIntent = "correct the request";
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto unknown = unknown_after(state, command, context.policy);
  if (const auto guard =
          context.guard("field_missing", !unknown.empty(), [&]() -> const auto& { return unknown; }))
    return guard.refuse(kIntent, unknown + " must be known of every request of its kind; say that, too");
  if (auto refusal = check_zone(command.customer_tz, kIntent, context))
    return std::unexpected(std::move(*refusal));
  auto event = amended(state, command, context.policy);
  if (amends(event)) return std::vector<Event>{std::move(event)};
  if (command.kind || command.category) return {};
  return refuse("field_missing", kIntent, "no field says what is right; name one");
}

Decision decide(const CaseState& state, const RejectRequest& command, const Context& context) {
  static constexpr auto kIntent = "reject the request";
  // A case that waits, of which somebody was released, is as one in a queue.
  const auto status = is_waiting(state) && state.assignment.queued ? CaseStatus::queued : state.status;
  if (auto refusal = refusal_of(Step::reject, status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (command.duplicate_of) {
    if (auto refusal = objection_to_other(*command.duplicate_of, "duplicate_of", kIntent, context))
      return std::unexpected(std::move(*refusal));
  }
  if (const auto guard =
          context.guard("complaint_open", is_open(state.complaint), [&] { return name_of(state.complaint); }))
    return guard.refuse(kIntent, "a complaint is open in it; decline that first");
  Draft draft(state, context);
  draft.add(RequestRejected{command.reason_code, command.explained, command.duplicate_of, command.pii});
  if (command.duplicate_of) draft.add(CaseLinked{*command.duplicate_of, Relation::duplicate});
  end_request(draft, state, CancelReason::request_rejected, ClosureBasis::rejected, context);
  return draft.take();
}

Decision decide(const CaseState& state, const WithdrawRequest& command, const Context& context) {
  if (auto refusal = refusal_of(Step::withdraw, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (is_open(state.complaint)) {
    if (auto refusal = check_not_complained_of(state, "withdraw the request", context))
      return std::unexpected(std::move(*refusal));
  }
  Draft draft(state, context);
  draft.add(RequestWithdrawn{command.channel, command.pii});
  if (is_open(state.complaint)) draft.add(ComplaintWithdrawn{command.channel});
  end_request(draft, state, CancelReason::request_withdrawn, ClosureBasis::withdrawn, context);
  return draft.take();
}

}  // namespace casetrail
