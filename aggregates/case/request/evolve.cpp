// What the events of a request make of a case.
#include "aggregates/case/evolve.h"

#include "events/case/request.h"

namespace casetrail {
namespace {

void triage_when_sorted(CaseState& state) {
  const bool sorted = state.classification && state.priority;
  if (sorted && state.status == CaseStatus::new_) state.status = CaseStatus::triaged;
}

}  // namespace

void evolve(CaseState& state, const RequestRegistered& event, const CaseEvent& record) {
  if (state.status == CaseStatus::none) state.status = CaseStatus::new_;
  state.kind = event.kind;
  state.known = known_of(event);
  if (event.category && !state.classification) state.category = event.category;
  state.registered_at = time_of(record);
  state.opened_at = record.occurred_at;
  if (record.actor.kind != ActorKind::import_) state.received_at = event.received_at;
  state.last_heard_at = state.received_at ? state.received_at : state.registered_at;
  state.customer_tz = event.customer_tz;
  state.lot = lot_of(record.case_id);
  triage_when_sorted(state);
}

void evolve(CaseState& state, const RequestAcknowledged&, const CaseEvent&) { state.acknowledged = true; }

void evolve(CaseState& state, const RequestClassified& event, const CaseEvent&) {
  state.classification = {event.category, event.service_type, event.difficulty, event.required_skills};
  state.category = event.category;
  triage_when_sorted(state);
}

void evolve(CaseState& state, const RequestPrioritized& event, const CaseEvent&) {
  state.priority = event.priority;
  triage_when_sorted(state);
}

void evolve(CaseState& state, const RequestAmended& event, const CaseEvent&) {
  if (event.kind) state.kind = *event.kind;
  state.known = known_after(state.known, event);
  if (event.customer_tz) state.customer_tz = *event.customer_tz;
  if (!event.category) return;
  state.category = event.category;
  if (state.classification) state.classification->category = *event.category;
}

/// The closing that follows ends the case.
void evolve(CaseState&, const RequestRejected&, const CaseEvent&) {}

void evolve(CaseState& state, const RequestWithdrawn&, const CaseEvent& record) {
  state.last_heard_at = time_of(record);
}

}  // namespace casetrail
