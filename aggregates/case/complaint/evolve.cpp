// What the events of a complaint make of a case.
#include "aggregates/case/evolve.h"

#include "events/case/complaint.h"

namespace casetrail {
namespace {

ComplaintFindings& findings_in(CaseState& state) {
  return state.findings ? *state.findings : state.findings.emplace();
}

}  // namespace

void evolve(CaseState& state, const ComplaintLodged& event, const CaseEvent& record) {
  state.complaint = ComplaintPhase::lodged;
  // A person may be named whatever the complaint is about.
  state.complaint_of = event.about_ref;
  state.complaint_cause.reset();
  state.findings.reset();
  state.last_heard_at = time_of(record);
}

void evolve(CaseState& state, const ComplaintAccepted&, const CaseEvent&) {
  state.complaint = ComplaintPhase::accepted;
}

void evolve(CaseState& state, const ComplaintCauseDetermined& event, const CaseEvent&) {
  state.complaint = ComplaintPhase::cause_determined;
  state.complaint_cause = event.cause_code;
  use_approval(state, event.approval_id);
}

void evolve(CaseState& state, const ResponsibilityAttributed& event, const CaseEvent&) {
  state.complaint = ComplaintPhase::attributed;
  auto& findings = findings_in(state);
  findings.shares = event.shares;
  findings.attributed_by = event.decided_by;
  findings.responsibility = ResponsibilityPhase::attributed;
}

void evolve(CaseState& state, const ComplaintClosed&, const CaseEvent&) {
  state.complaint = ComplaintPhase::closed;
}

void evolve(CaseState& state, const ComplaintDeclined&, const CaseEvent&) {
  state.complaint = ComplaintPhase::declined;
}

void evolve(CaseState& state, const ComplaintWithdrawn&, const CaseEvent& record) {
  state.complaint = ComplaintPhase::withdrawn;
  state.last_heard_at = time_of(record);
}

void evolve(CaseState& state, const ComplaintAssessed& event, const CaseEvent&) {
  auto& findings = findings_in(state);
  findings.assessment = event.assessment;
  findings.severity = event.severity;
  findings.category = event.category;
  findings.assessed_by = event.assessed_by;
}

void evolve(CaseState& state, const DecisionCommunicated& event, const CaseEvent& record) {
  findings_in(state).appeal_until = event.appeal_until;
  state.last_informed_at = time_of(record);
  state.answer_owed = false;
}

void evolve(CaseState& state, const ComplaintAppealed& event, const CaseEvent& record) {
  state.complaint = ComplaintPhase::accepted;
  state.findings = ComplaintFindings{.decided_before = event.decided_by};
  state.last_heard_at = time_of(record);
}

void evolve(CaseState& state, const ResponsibilityDisputed&, const CaseEvent&) {
  findings_in(state).responsibility = ResponsibilityPhase::disputed;
}

void evolve(CaseState& state, const ResponsibilityConfirmed& event, const CaseEvent&) {
  auto& findings = findings_in(state);
  findings.shares = event.shares;
  findings.responsibility = ResponsibilityPhase::settled;
}

}  // namespace casetrail
