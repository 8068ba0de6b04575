// A complaint by the steps of ISO 10002, each with its evidence.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/complaint/commands.h"
#include "aggregates/case/draft.h"
#include "aggregates/case/matrix.h"
#include "events/case/complaint.h"
#include "events/case/resolution.h"
#include "events/wire/letter_case.h"
#include "events/wire/reflect.h"

namespace casetrail {
namespace {

Rejection has_ended(ComplaintPhase end, std::string_view intent) {
  return refuse("complaint_closed", intent, "it was " + std::string(name_of(end)) + " already").error();
}

/// Looking into a complaint needs one that was accepted and is not closed.
std::optional<Rejection> check_investigation(const CaseState& state, std::string_view intent, Trace* trace) {
  if (auto refusal = refusal_of(Step::investigate, state.status, trace)) return refusal;
  switch (state.complaint) {
    case ComplaintPhase::none: return refuse("no_complaint", intent, "no complaint was lodged").error();
    case ComplaintPhase::lodged:
      return refuse("complaint_not_accepted", intent, "the complaint is not accepted yet").error();
    case ComplaintPhase::closed:
    case ComplaintPhase::declined:
    case ComplaintPhase::withdrawn: return has_ended(state.complaint, intent);
    case ComplaintPhase::accepted:
    case ComplaintPhase::cause_determined:
    case ComplaintPhase::attributed: return std::nullopt;
  }
  return std::nullopt;
}

ComplaintFindings findings_of(const CaseState& state) { return state.findings.value_or(ComplaintFindings{}); }

/// Nobody decides on a complaint about themselves, or again on one of which the customer appealed.
std::optional<Rejection> check_judge(const CaseState& state, std::string_view intent,
                                     const Context& context) {
  if (auto refusal = check_not_complained_of(state, intent, context)) return refusal;
  const auto before = findings_of(state).decided_before;
  if (const auto guard =
          context.guard("appeal_of_own_decision", context.by_person() && before == context.actor_id(),
                        [&] { return before ? before->value : std::string("nobody"); }))
    return guard.refuse(intent, "the customer appealed the decision of the actor").error();
  return std::nullopt;
}

/// Words that a step cannot do without.
std::optional<Rejection> check_reason(const std::string& text, std::string_view intent,
                                      const Context& context) {
  const auto guard = context.guard("reason_required", text.empty());
  return guard ? std::optional(guard.refuse(intent, "there is no reason").error()) : std::nullopt;
}

/// Of the actor, or of the department in which they act; null when neither was named.
const ResponsibilityShare* share_of_actor(const ComplaintFindings& findings, const Context& context) {
  const auto& department = context.actor().department_id;
  const auto found = std::ranges::find_if(findings.shares, [&](const ResponsibilityShare& share) {
    if (!share.ref) return false;
    if (share.party == LiableKind::agent) return *share.ref == context.actor().id;
    return share.party == LiableKind::department && department && *share.ref == department->value;
  });
  return found == findings.shares.end() ? nullptr : &*found;
}

/// Another one has to say that it is this cause: by an approval, or as another system knows it.
std::optional<Rejection> second(ComplaintCauseDetermined& event, const CaseState& state,
                                const Context& context, std::string_view intent) {
  if (!context.by_person() && event.seconded_by && *event.seconded_by != context.actor_id())
    return std::nullopt;
  auto word = second_word(state, ApprovalSubject::complaint_cause, event.cause_code.text(), intent, context);
  if (!word) return std::move(word).error();
  event.seconded_by = word->by;
  event.approval_id = word->approval_id;
  return std::nullopt;
}

/// `department cs 60, carrier 40`
std::string parties_of(const std::vector<ResponsibilityShare>& shares) {
  std::string text;
  for (const auto& share : shares) {
    text.append(text.empty() ? "" : ", ").append(name_of(share.party));
    if (share.ref) text.append(" ").append(*share.ref);
    text.append(" ").append(std::to_string(share.percent));
  }
  return text.empty() ? "nobody" : text;
}

/// Of a guard that looks at the dispute.
auto phase_of(const ComplaintFindings& findings) {
  return [&] { return findings.responsibility ? name_of(*findings.responsibility) : "nobody was named"; };
}

/// What a dispute over the responsibility needs; nothing when it is there.
std::optional<Rejection> check_attributed(const CaseState& state, std::string_view intent,
                                          const Context& context) {
  if (auto refusal = refusal_of(Step::settle_responsibility, state.status, context.trace)) return refusal;
  const auto found = findings_of(state);
  if (const auto guard = context.guard("attribution_missing", !found.responsibility, phase_of(found)))
    return guard.refuse(intent, "its responsibility is not attributed").error();
  return std::nullopt;
}

bool sums_to_100(const std::vector<ResponsibilityShare>& shares) {
  std::int64_t sum = 0;
  for (const auto& share : shares) {
    if (share.percent < 0 || share.percent > 100) return false;
    sum += share.percent;
  }
  return sum == 100;
}

/// `60 + 30`
std::string percents_of(const std::vector<ResponsibilityShare>& shares) {
  std::string text;
  for (const auto& share : shares)
    text.append(text.empty() ? "" : " + ").append(std::to_string(share.percent));
  return text;
}

/// Whether somebody whom the policy calls `known` may be called `person`: 张敏, of 张敏 Zhang Min.
bool is_name_in(std::string_view known, const std::string& person) {
  return known == person || known.starts_with(person + " ") || known.ends_with(" " + person);
}

}  // namespace

bool is_complained_of(const CaseState& state, const Context& context) {
  if (!context.by_person()) return false;
  // Who takes a complaint writes a name as they hear it.
  const auto& agents = context.policy.names.agents;
  const auto known = std::ranges::find(agents, context.actor_id(), &AgentName::id);
  const auto is_actor = [&](const std::optional<std::string>& named) {
    if (!named) return false;
    const auto person = lower_case(*named);
    return person == lower_case(context.actor_id().value) || person == lower_case(to_wire(context.actor())) ||
           (known != agents.end() && is_name_in(lower_case(known->name), person));
  };
  return is_actor(state.complaint_of) ||
         std::ranges::any_of(findings_of(state).shares, [&](const ResponsibilityShare& share) {
           return share.party == LiableKind::agent && share.percent > 0 && is_actor(share.ref);
         });
}

std::optional<Rejection> check_not_complained_of(const CaseState& state, std::string_view intent,
                                                 const Context& context) {
  const auto guard = context.guard("conflict_of_interest", is_complained_of(state, context),
                                   [&] { return state.complaint_of.value_or("nobody"); });
  return guard ? std::optional(guard.refuse(intent, "the complaint is about the actor").error())
               : std::nullopt;
}

Decision decide(const CaseState& state, const LodgeComplaint& command, const Context& context) {
  if (auto refusal = refusal_of(Step::lodge, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard =
          context.guard("complaint_open", is_open(state.complaint), [&] { return name_of(state.complaint); }))
    return guard.refuse("take the complaint", "one is open in this case already");
  const auto& rules = context.policy.complaint;
  Draft draft(state, context);
  draft.add(ComplaintLodged{command.about, command.about_ref, command.happened_at, command.happened_place,
                            command.pii});
  draft.set_timer(TimerKind::complaint_accept, {},
                  context.policy.add(rules.calendar, context.now, rules.accept_within), rules.calendar);
  return draft.take();
}

Decision decide(const CaseState& state, const AcceptComplaint& command, const Context& context) {
  static constexpr auto kIntent = "accept the complaint";
  if (auto refusal = refusal_of(Step::lodge, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("no_complaint", state.complaint == ComplaintPhase::none,
                                       [&] { return name_of(state.complaint); }))
    return guard.refuse(kIntent, "none was lodged");
  if (state.complaint == ComplaintPhase::declined || state.complaint == ComplaintPhase::withdrawn)
    return std::unexpected(has_ended(state.complaint, kIntent));
  if (state.complaint != ComplaintPhase::lodged) return {};
  if (auto refusal = check_judge(state, kIntent, context)) return std::unexpected(std::move(*refusal));
  for (const auto& criterion : context.policy.complaint.criteria) {
    const auto found = std::ranges::find(command.criteria, criterion, &Criterion::id);
    if (const auto guard = context.guard("criteria_unmet", found == command.criteria.end() || !found->met,
                                         [&] { return criterion; }))
      return guard.refuse(kIntent, "criterion '" + criterion + "' is not met; decline the complaint instead");
  }
  Draft draft(state, context);
  draft.add(ComplaintAccepted{command.criteria, context.actor_id()});
  draft.meet(TimerKind::complaint_accept);
  return draft.take();
}

Decision decide(const CaseState& state, const DetermineCause& command, const Context& context) {
  static constexpr auto kIntent = "determine the cause";
  if (auto refusal = check_investigation(state, kIntent, context.trace))
    return std::unexpected(std::move(*refusal));
  if (auto refusal = check_judge(state, kIntent, context)) return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("evidence_required", command.evidence.empty(),
                                       [&] { return std::to_string(command.evidence.size()); }))
    return guard.refuse(kIntent, "there is no evidence");
  if (state.complaint_cause == command.cause_code) return {};
  ComplaintCauseDetermined event{command.cause_code, command.evidence, context.actor_id(),
                                 command.seconded_by};
  if (context.policy.catalogues.has(command.cause_code, &CatalogueEntry::needs_second_person)) {
    if (auto refusal = second(event, state, context, kIntent)) return std::unexpected(std::move(*refusal));
  }
  return std::vector<Event>{std::move(event)};
}

Decision decide(const CaseState& state, const AttributeResponsibility& command, const Context& context) {
  static constexpr auto kIntent = "attribute the responsibility";
  if (auto refusal = check_investigation(state, kIntent, context.trace))
    return std::unexpected(std::move(*refusal));
  if (auto refusal = check_judge(state, kIntent, context)) return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("cause_missing", !state.complaint_cause, [&] {
        return state.complaint_cause ? state.complaint_cause->text() : std::string_view();
      }))
    return guard.refuse(kIntent, "the cause is not determined yet");
  if (const auto guard = context.guard("already_attributed", state.complaint == ComplaintPhase::attributed,
                                       [&] { return name_of(state.complaint); }))
    return guard.refuse(kIntent, "it was attributed already");
  if (const auto guard = context.guard("evidence_required", command.evidence.empty(),
                                       [&] { return std::to_string(command.evidence.size()); }))
    return guard.refuse(kIntent, "there is no evidence");
  if (const auto guard = context.guard("shares_not_100", !sums_to_100(command.shares),
                                       [&] { return percents_of(command.shares); }))
    return guard.refuse(kIntent, "the shares do not sum to 100 percent");
  return std::vector<Event>{ResponsibilityAttributed{command.shares, command.evidence, context.actor_id()}};
}

Decision decide(const CaseState& state, const CloseComplaint& command, const Context& context) {
  static constexpr auto kIntent = "close the complaint";
  if (auto refusal = refusal_of(Step::close_complaint, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (state.complaint == ComplaintPhase::closed) return {};
  if (const auto guard = context.guard("no_complaint", state.complaint == ComplaintPhase::none,
                                       [&] { return name_of(state.complaint); }))
    return guard.refuse(kIntent, "none was lodged");
  if (!is_open(state.complaint)) return std::unexpected(has_ended(state.complaint, kIntent));
  if (auto refusal = check_judge(state, kIntent, context)) return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("cause_missing", !state.complaint_cause, [&] {
        return state.complaint_cause ? state.complaint_cause->text() : std::string_view();
      }))
    return guard.refuse(kIntent, "its cause is not determined");
  if (const auto guard = context.guard("attribution_missing", state.complaint != ComplaintPhase::attributed,
                                       [&] { return name_of(state.complaint); }))
    return guard.refuse(kIntent, "its responsibility is not attributed");
  if (const auto guard = context.guard("responsibility_disputed",
                                       findings_of(state).responsibility == ResponsibilityPhase::disputed,
                                       [&] { return parties_of(findings_of(state).shares); }))
    return guard.refuse(kIntent, "who is responsible is disputed, and that is not decided");
  if (const auto guard = context.guard("satisfaction_unchecked", !command.satisfaction_checked))
    return guard.refuse(kIntent, "nobody asked whether the customer is satisfied");
  Draft draft(state, context);
  draft.add(ComplaintClosed{command.satisfaction_checked, command.retained, command.accepted_by_customer});
  draft.meet(TimerKind::complaint_appeal);
  return draft.take();
}

Decision decide(const CaseState& state, const DeclineComplaint& command, const Context& context) {
  static constexpr auto kIntent = "decline the complaint";
  if (auto refusal = refusal_of(Step::end_complaint, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("no_complaint", state.complaint == ComplaintPhase::none,
                                       [&] { return name_of(state.complaint); }))
    return guard.refuse(kIntent, "none was lodged");
  if (state.complaint == ComplaintPhase::declined) return {};
  if (!is_open(state.complaint)) return std::unexpected(has_ended(state.complaint, kIntent));
  if (auto refusal = check_judge(state, kIntent, context)) return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("complaint_accepted", state.complaint != ComplaintPhase::lodged,
                                       [&] { return name_of(state.complaint); }))
    return guard.refuse(kIntent, "it was accepted; close it, or record its withdrawal");
  if (const auto guard = context.guard("reason_required", command.reason.empty() || !command.explained))
    return guard.refuse(kIntent, "there is no reason that was explained to the customer");
  Draft draft(state, context);
  draft.add(ComplaintDeclined{command.reason, command.explained, context.actor_id()});
  draft.meet(TimerKind::complaint_accept);
  return draft.take();
}

Decision decide(const CaseState& state, const WithdrawComplaint& command, const Context& context) {
  static constexpr auto kIntent = "withdraw the complaint";
  if (auto refusal = refusal_of(Step::end_complaint, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("no_complaint", state.complaint == ComplaintPhase::none,
                                       [&] { return name_of(state.complaint); }))
    return guard.refuse(kIntent, "none was lodged");
  if (state.complaint == ComplaintPhase::withdrawn) return {};
  if (!is_open(state.complaint)) return std::unexpected(has_ended(state.complaint, kIntent));
  if (auto refusal = check_not_complained_of(state, kIntent, context))
    return std::unexpected(std::move(*refusal));
  Draft draft(state, context);
  draft.add(ComplaintWithdrawn{command.channel});
  draft.clear(TimerKind::complaint_accept);
  draft.clear(TimerKind::complaint_appeal);
  return draft.take();
}

Decision decide(const CaseState& state, const AssessComplaint& command, const Context& context) {
  static constexpr auto kIntent = "assess the complaint";
  if (auto refusal = check_investigation(state, kIntent, context.trace))
    return std::unexpected(std::move(*refusal));
  if (auto refusal = check_judge(state, kIntent, context)) return std::unexpected(std::move(*refusal));
  const auto found = findings_of(state);
  if (found.assessment == command.assessment && found.severity == command.severity &&
      found.category == command.category)
    return {};
  if (const auto guard = context.guard("decision_communicated", found.appeal_until.has_value(), [&] {
        return found.assessment ? name_of(*found.assessment) : std::string_view("not assessed");
      }))
    return guard.refuse(kIntent, "the customer was told the decision already");
  if (auto refusal = check_reason(command.pii.text, kIntent, context))
    return std::unexpected(std::move(*refusal));
  return std::vector<Event>{ComplaintAssessed{command.assessment, command.severity, command.category,
                                              context.actor_id(), command.pii}};
}

Decision decide(const CaseState& state, const CommunicateDecision& command, const Context& context) {
  static constexpr auto kIntent = "tell the customer the decision";
  if (auto refusal = refusal_of(Step::close_complaint, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("no_complaint", state.complaint == ComplaintPhase::none,
                                       [&] { return name_of(state.complaint); }))
    return guard.refuse(kIntent, "none was lodged");
  if (state.complaint == ComplaintPhase::declined || state.complaint == ComplaintPhase::withdrawn)
    return std::unexpected(has_ended(state.complaint, kIntent));
  if (auto refusal = check_judge(state, kIntent, context)) return std::unexpected(std::move(*refusal));
  const auto found = findings_of(state);
  if (found.appeal_until) return {};
  if (const auto guard =
          context.guard("assessment_missing", !found.assessment, [&] { return name_of(state.complaint); }))
    return guard.refuse(kIntent, "the complaint is not assessed yet");
  if (auto refusal = check_reason(command.pii.text, kIntent, context))
    return std::unexpected(std::move(*refusal));
  const auto& rules = context.policy.complaint;
  Draft draft(state, context);
  draft.add(DecisionCommunicated{*found.assessment, command.channel,
                                 context.policy.add(rules.calendar, context.now, rules.appeal_within),
                                 context.actor_id(), command.pii});
  draft.meet(TimerKind::complaint_appeal);
  tell_customer(draft, state, context.policy);
  return draft.take();
}

Decision decide(const CaseState& state, const AppealComplaint& command, const Context& context) {
  static constexpr auto kIntent = "take the appeal";
  if (auto refusal = refusal_of(Step::appeal, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto found = findings_of(state);
  if (found.decided_before && !found.appeal_until && is_open(state.complaint)) return {};
  const auto& until = found.appeal_until;
  if (const auto guard = context.guard("decision_not_communicated", !until || !found.assessment,
                                       [&] { return name_of(state.complaint); }))
    return guard.refuse(kIntent, "the customer was told no decision that can be appealed");
  if (const auto guard =
          context.guard("appeal_too_late", context.now > *until, [&] { return to_wire(*until); }))
    return guard.refuse(kIntent, "it could be appealed until " + to_wire(*until));
  if (auto refusal = check_reason(command.pii.text, kIntent, context))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard(
          "reopen_window_passed", state.status == CaseStatus::closed && reopen_window_passed(state, context),
          [&] { return state.closed_at ? to_wire(*state.closed_at) : std::string("not closed"); }))
    return guard.refuse(kIntent, "the case was closed too long ago; register a new one and link it");
  Draft draft(state, context);
  draft.add(ComplaintAppealed{command.channel, found.assessed_by, command.pii});
  if (state.status == CaseStatus::closed) {
    reopen(draft, state, ReopenReason::customer_message, std::nullopt, context.policy);
  } else if (state.status == CaseStatus::resolved) {
    draft.add(ResolutionRejected{command.channel, command.pii});
    go_on_working(draft, state, context.policy);
  }
  const auto& rules = context.policy.complaint;
  draft.set_timer(TimerKind::complaint_appeal, {},
                  context.policy.add(rules.calendar, context.now, rules.decide_appeal_within),
                  rules.calendar);
  return draft.take();
}

Decision decide(const CaseState& state, const DisputeResponsibility& command, const Context& context) {
  static constexpr auto kIntent = "dispute the responsibility";
  if (auto refusal = check_attributed(state, kIntent, context)) return std::unexpected(std::move(*refusal));
  const auto found = findings_of(state);
  const auto* share = share_of_actor(found, context);
  if (const auto guard = context.guard("not_authorized", context.by_person() && share == nullptr,
                                       [&] { return parties_of(found.shares); }))
    return guard.refuse(kIntent, "neither the actor nor their department was named");
  if (found.responsibility == ResponsibilityPhase::disputed) return {};
  if (const auto guard = context.guard("dispute_settled",
                                       found.responsibility == ResponsibilityPhase::settled, phase_of(found)))
    return guard.refuse(kIntent, "its dispute was decided already");
  if (auto refusal = check_reason(command.pii.text, kIntent, context))
    return std::unexpected(std::move(*refusal));
  return std::vector<Event>{ResponsibilityDisputed{share == nullptr ? std::nullopt : std::optional(*share),
                                                   context.actor_id(), command.pii}};
}

Decision decide(const CaseState& state, const ConfirmResponsibility& command, const Context& context) {
  static constexpr auto kIntent = "decide the dispute over the responsibility";
  if (auto refusal = check_attributed(state, kIntent, context)) return std::unexpected(std::move(*refusal));
  auto found = findings_of(state);
  const bool is_party =
      share_of_actor(found, context) != nullptr || found.attributed_by == context.actor_id();
  if (const auto guard = context.guard("conflict_of_interest", context.by_person() && is_party,
                                       [&] { return parties_of(found.shares); }))
    return guard.refuse(kIntent, "the actor, or their department, was named or named who is responsible");
  if (const auto guard = context.guard(
          "not_disputed", found.responsibility == ResponsibilityPhase::attributed, phase_of(found)))
    return guard.refuse(kIntent, "nobody disputed it");
  if (const auto guard = context.guard("dispute_settled",
                                       found.responsibility == ResponsibilityPhase::settled, phase_of(found)))
    return guard.refuse(kIntent, "it was decided already");
  if (auto refusal = check_reason(command.pii.text, kIntent, context))
    return std::unexpected(std::move(*refusal));
  const auto shares = command.shares.value_or(std::vector<ResponsibilityShare>{});
  const bool shifts = command.outcome == ResponsibilityOutcome::shifted;
  if (const auto guard =
          context.guard("shares_unexpected", !shifts && !shares.empty(), [&] { return parties_of(shares); }))
    return guard.refuse(kIntent, "only a responsibility that is shifted has other shares");
  if (const auto guard = context.guard("shares_not_100", shifts && !sums_to_100(shares),
                                       [&] { return percents_of(shares); }))
    return guard.refuse(kIntent, "the shares do not sum to 100 percent");
  if (shifts) found.shares = shares;
  if (command.outcome == ResponsibilityOutcome::lifted)
    found.shares = {{.party = LiableKind::none, .ref = {}, .percent = 100}};
  return std::vector<Event>{
      ResponsibilityConfirmed{command.outcome, std::move(found.shares), context.actor_id(), command.pii}};
}

}  // namespace casetrail
