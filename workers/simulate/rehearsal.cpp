// `decide`, `evolve` and the timers, for a single case.
#include "workers/simulate/rehearsal.h"

namespace casetrail::simulate {

void Rehearsal::advance(Timestamp now) {
  for (auto due = earliest_due(state_); due && *due <= now; due = earliest_due(state_)) {
    CaseEvent record;
    record.occurred_at = *due;
    record.recorded_at = now;
    record.actor.kind = ActorKind::timer;
    record.actor.id = "casetrail";
    for (auto& event : fire_earliest_timer(state_, now, policy_)) this->record(std::move(event), record);
  }
}

std::expected<std::size_t, Rejection> Rehearsal::take(const CommandEnvelope& envelope) {
  advance(envelope.occurred_at);
  auto decision = decide(state_, envelope, envelope.occurred_at, policy_);
  if (!decision) return std::unexpected(std::move(decision.error()));
  CaseEvent record;
  record.case_id = envelope.case_id;
  record.occurred_at = envelope.occurred_at;
  record.recorded_at = envelope.occurred_at;
  record.actor = envelope.actor;
  record.command_id = envelope.id;
  record.command_offset = commands_++;
  for (auto& event : *decision) {
    record.ends_command = &event == &decision->back();
    this->record(std::move(event), record);
  }
  return decision->size();
}

void Rehearsal::record(Event event, CaseEvent record) {
  record.seq = state_.seq + 1;
  record.event = std::move(event);
  evolve(state_, record);
  if (on_event_) on_event_(record);
}

}  // namespace casetrail::simulate
