// What offers and agreements make of a case.
#include "aggregates/case/evolve.h"

#include <algorithm>

#include "events/case/solution.h"

namespace casetrail {
namespace {

OpenAgreement* find_open(CaseState& state, const AgreementId& id) {
  const auto found = std::ranges::find(state.agreement.open, id, &OpenAgreement::agreement_id);
  return found == state.agreement.open.end() ? nullptr : &*found;
}

void end_agreement(CaseState& state, const AgreementId& id) {
  std::erase_if(state.agreement.open, [&](const OpenAgreement& open) { return open.agreement_id == id; });
}

}  // namespace

void evolve(CaseState& state, const OptionsOffered& event, const CaseEvent&) {
  state.agreement.offered.clear();
  for (const auto& option : event.options)
    state.agreement.offered.push_back({option.option_id, option.kind, option.plan, option.cost_minor, false});
  state.agreement.valid_until = event.valid_until;
  state.agreement.selected.reset();
}

/// Who declined it may choose it after all.
void evolve(CaseState& state, const OptionSelected& event, const CaseEvent&) {
  state.agreement.selected = event.option_id;
  for (auto& option : state.agreement.offered) {
    if (option.option_id == event.option_id) option.declined = false;
  }
}

void evolve(CaseState& state, const OptionDeclined& event, const CaseEvent&) {
  auto& region = state.agreement;
  for (auto& option : region.offered) {
    if (std::ranges::find(event.option_ids, option.option_id) != event.option_ids.end())
      option.declined = true;
  }
  if (region.selected && std::ranges::find(event.option_ids, *region.selected) != event.option_ids.end())
    region.selected.reset();
}

/// What was agreed elsewhere is not watched over here.
void evolve(CaseState& state, const AgreementReached& event, const CaseEvent& record) {
  count_minted(state.minted.agreements, event.agreement_id.value);
  auto& region = state.agreement;
  region.agreement_id = event.agreement_id;
  region.kind = event.kind;
  region.finality = event.finality;
  region.agreed_option = event.option_id;
  region.due_at = event.due_at;
  region.customer_benefit = event.customer_benefit;
  region.company_cost_minor = event.company_cost_minor;
  if (record.actor.kind != ActorKind::import_)
    region.open.push_back({event.agreement_id, event.kind, event.due_at, false});
}

void evolve(CaseState& state, const AgreementFulfilled& event, const CaseEvent&) {
  end_agreement(state, event.agreement_id);
}

void evolve(CaseState& state, const AgreementBreached& event, const CaseEvent&) {
  if (auto* open = find_open(state, event.agreement_id)) open->breached = true;
}

void evolve(CaseState& state, const AgreementSuperseded& event, const CaseEvent&) {
  end_agreement(state, event.agreement_id);
}

}  // namespace casetrail
