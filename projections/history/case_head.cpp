// Reads a row of the history back into its event and lets `evolve` say what it makes.
#include "projections/history/case_head.h"

#include <stdexcept>

#include "events/case/privacy.h"
#include "events/case/request.h"
#include "projections/kit/personal.h"

namespace casetrail::history {
namespace {

void erase_words(AskedFor& request) {
  for (auto* text : {&request.address, &request.service_need, &request.symptom}) kit::erase_texts(*text);
}

void amend(AskedFor& request, const RequestAmended& fact) {
  if (fact.service_stage) request.service_stage = fact.service_stage;
  if (!fact.pii) return;
  if (fact.pii->address) request.address = fact.pii->address;
  if (fact.pii->service_need) request.service_need = fact.pii->service_need;
  if (fact.pii->symptom) request.symptom = fact.pii->symptom;
}

}  // namespace

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
  if (const auto* registered = event.event.get_if<RequestRegistered>()) {
    const auto& pii = registered->pii;
    request = {registered->service_stage, pii.address, pii.service_need, pii.symptom};
  }
  if (const auto* amended = event.event.get_if<RequestAmended>()) amend(request, *amended);
  if (event.event.get_if<CustomerErased>() != nullptr) erase_words(request);
}

void CaseHead::erase_person() {
  row.erase_person();
  erase_words(request);
}

cases::Head head_of(const CaseHead& of) {
  auto head = cases::head_of(of.row);
  head.service_stage = of.request.service_stage;
  head.address = of.request.address;
  head.service_need = of.request.service_need;
  head.symptom = of.request.symptom;
  return head;
}

std::string head_key(const CaseId& case_id) { return case_id.value + "\xff head"; }

}  // namespace casetrail::history
