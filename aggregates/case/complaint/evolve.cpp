// What the events of a complaint make of a case.
#include "aggregates/case/evolve.h"

#include "events/case/complaint.h"

namespace casetrail {

void evolve(CaseState& state, const ComplaintLodged& event, const CaseEvent& record) {
  state.complaint = ComplaintPhase::lodged;
  state.complaint_of = event.about == ComplaintAbout::person ? event.about_ref : std::nullopt;
  state.complaint_cause.reset();
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

void evolve(CaseState& state, const ResponsibilityAttributed&, const CaseEvent&) {
  state.complaint = ComplaintPhase::attributed;
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

}  // namespace casetrail
