// What the events of approvals make of a case.
#include "aggregates/case/evolve.h"

#include <algorithm>

#include "events/case/approval.h"

namespace casetrail {
namespace {

ApprovalRegion* find_approval(CaseState& state, const ApprovalId& id) {
  const auto found = std::ranges::find(state.approvals, id, &ApprovalRegion::approval_id);
  return found == state.approvals.end() ? nullptr : &*found;
}

}  // namespace

void use_approval(CaseState& state, const std::optional<ApprovalId>& id) {
  if (!id) return;
  if (auto* approval = find_approval(state, *id)) approval->used = true;
}

void evolve(CaseState& state, const ApprovalRequested& event, const CaseEvent& record) {
  count_minted(state.minted.approvals, event.approval_id.value);
  state.approvals.push_back(
      {event.approval_id, event.subject, event.about, event.amount_minor, AgentId{record.actor.id}});
}

void evolve(CaseState& state, const ApprovalDecided& event, const CaseEvent& record) {
  auto* approval = find_approval(state, event.approval_id);
  if (approval == nullptr) return;
  approval->granted = event.granted;
  approval->decided_by = AgentId{record.actor.id};
}

}  // namespace casetrail
