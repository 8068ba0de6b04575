// Nobody approves what he asked for himself.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/approval/commands.h"
#include "aggregates/case/matrix.h"
#include "events/case/approval.h"

namespace casetrail {
namespace {

bool is_about(const ApprovalRegion& approval, std::string_view what) {
  return !approval.about || *approval.about == what;
}

}  // namespace

std::expected<SecondWord, Rejection> second_word(const CaseState& state, ApprovalSubject subject,
                                                 std::string_view what, std::string_view intent,
                                                 const Context& context) {
  const ApprovalRegion* newest = nullptr;
  const ApprovalRegion* good = nullptr;
  for (const auto& approval : state.approvals) {
    if (approval.used || approval.subject != subject || !is_about(approval, what)) continue;
    newest = &approval;
    if (!approval.granted) continue;
    good = *approval.granted && approval.decided_by != context.actor_id() ? &approval : nullptr;
  }
  const auto guard = context.guard("second_approval_required", good == nullptr, [&] {
    return newest == nullptr ? std::string() : newest->approval_id.value;
  });
  if (!guard) return SecondWord{*good->decided_by, good->approval_id};
  if (newest == nullptr)
    return guard.refuse(intent, "a second person has to approve it; request an approval of it first");
  const auto named = "approval '" + newest->approval_id.value + "' ";
  if (!newest->granted) return guard.refuse(intent, named + "is not decided yet; ask who may decide it");
  return guard.refuse(intent,
                      named + (*newest->granted ? "was granted by the actor; it is for another one to do"
                                                : "was not granted"));
}

std::optional<Rejection> name_approver(AgentId& by, std::optional<ApprovalId>& approval_id,
                                       const CaseState& state, ApprovalSubject subject, std::string_view what,
                                       std::string_view intent, const Context& context) {
  if (!context.policy.needs_approval(subject)) return std::nullopt;
  // A program acts by a rule of its own, but it cannot say that a person approved.
  if (!context.by_person() && by == context.actor_id()) return std::nullopt;
  auto word = second_word(state, subject, what, intent, context);
  if (!word) return std::move(word).error();
  by = word->by;
  approval_id = word->approval_id;
  return std::nullopt;
}

Decision decide(const CaseState& state, const RequestApproval& command, const Context& context) {
  static constexpr auto kIntent = "request the approval";
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("reason_required", command.pii.text.empty()))
    return guard.refuse(kIntent, "there is no reason");
  const auto waits = std::ranges::find_if(state.approvals, [&](const ApprovalRegion& approval) {
    return !approval.granted && approval.subject == command.subject && approval.about == command.about;
  });
  if (const auto guard = context.guard("approval_pending", waits != state.approvals.end(), [&] {
        return waits == state.approvals.end() ? std::string() : waits->approval_id.value;
      })) {
    return guard.refuse(kIntent,
                        "approval '" + waits->approval_id.value + "' of the same is not decided yet");
  }
  return std::vector<Event>{ApprovalRequested{ApprovalId{"p" + std::to_string(state.minted.approvals + 1)},
                                              command.subject, command.about, command.amount_minor,
                                              command.pii}};
}

Decision decide(const CaseState& state, const DecideApproval& command, const Context& context) {
  static constexpr auto kIntent = "decide the approval";
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto found = std::ranges::find(state.approvals, command.approval_id, &ApprovalRegion::approval_id);
  if (const auto guard = context.guard("approval_unknown", found == state.approvals.end(),
                                       [&] { return command.approval_id.value; }))
    return guard.refuse(kIntent, "the case has no approval '" + command.approval_id.value + "'");
  const auto& approval = *found;
  if (approval.granted == command.granted && approval.decided_by == context.actor_id()) return {};
  if (const auto guard = context.guard("approval_decided", approval.granted.has_value(),
                                       [&] { return approval.decided_by.value_or(AgentId{}).value; }))
    return guard.refuse(kIntent, "approval '" + approval.approval_id.value + "' is decided");
  if (const auto guard = context.guard("conflict_of_interest", approval.requested_by == context.actor_id(),
                                       [&] { return approval.requested_by.value; }))
    return guard.refuse(kIntent, "the actor asked for it");
  const bool is_of_complaint = approval.subject == ApprovalSubject::complaint_cause;
  if (const auto guard =
          context.guard("conflict_of_interest", is_of_complaint && is_complained_of(state, context),
                        [&] { return state.complaint_of.value_or("nobody"); }))
    return guard.refuse(kIntent, "the complaint is about the actor");
  const bool may = context.by_agent() &&
                   context.policy.may_approve(approval.subject, approval.amount_minor, context.actor().role);
  if (const auto guard = context.guard("not_authorized", context.by_person() && !may,
                                       [&] { return to_wire(context.actor()); }))
    return guard.refuse(kIntent, "the policy leaves it to another role, or so much of it");
  return std::vector<Event>{ApprovalDecided{command.approval_id, command.granted, command.pii}};
}

}  // namespace casetrail
