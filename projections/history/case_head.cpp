// Reads a row of the history back into its event and lets `evolve` say what it makes.
#include "projections/history/case_head.h"

#include <stdexcept>

namespace casetrail::history {

CaseEvent event_in(const CaseId& case_id, std::int64_t seq, const EventRow& from) {
  const auto unreadable = [&](const std::string& why) {
    return std::runtime_error("Expected event " + std::to_string(seq) + " of case " + case_id.value +
                              " to be readable in its history, but: " + why);
  };
  const auto* codec = find_event_codec(from.type);
  if (codec == nullptr) throw unreadable("its type '" + from.type + "' is not known.");
  auto event = decode_event(from.type, codec->version, from.fact.text);
  if (!event) throw unreadable(event.error().sentence());
  CaseEvent recorded;
  recorded.case_id = case_id;
  recorded.seq = seq;
  recorded.occurred_at = from.occurred_at;
  recorded.recorded_at = from.recorded_at;
  recorded.policy_version = from.policy_version;
  if (from.command_id) recorded.command_id.value = *from.command_id;
  if (auto actor = parse_actor(from.actor)) recorded.actor = *std::move(actor);
  recorded.event = *std::move(event);
  return recorded;
}

void CaseHead::take(const CaseEvent& event) {
  row.take(event, cases::Person::masked);
  ++events;
}

std::string head_key(const CaseId& case_id) { return case_id.value + "\xff head"; }

}  // namespace casetrail::history
