// Reads a row of the history back into its event and lets `evolve` say what it makes.
#include "projections/history/case_head.h"

#include <stdexcept>

#include "aggregates/case/decider.h"

namespace casetrail::history {

void CaseHead::take(const CaseId& case_id, std::int64_t seq, const EventRow& row) {
  const auto unreadable = [&](const std::string& why) {
    return std::runtime_error("Expected event " + std::to_string(seq) + " of case " + case_id.value +
                              " to be readable in its history, but: " + why);
  };
  const auto* codec = find_event_codec(row.type);
  if (codec == nullptr) throw unreadable("its type '" + row.type + "' is not known.");
  auto event = decode_event(row.type, codec->version, row.fact.text);
  if (!event) throw unreadable(event.error().sentence());
  CaseEvent recorded;
  recorded.case_id = case_id;
  recorded.seq = seq;
  recorded.occurred_at = row.occurred_at;
  recorded.recorded_at = row.recorded_at;
  if (auto actor = parse_actor(row.actor)) recorded.actor = *std::move(actor);
  recorded.event = *std::move(event);
  evolve(state, recorded);
  ++events;
}

std::string head_key(const CaseId& case_id) { return case_id.value + "\xff head"; }

}  // namespace casetrail::history
