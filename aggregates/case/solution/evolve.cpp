// What offers and agreements make of a case.
#include "aggregates/case/evolve.h"

#include "events/case/solution.h"

namespace casetrail {

void evolve(CaseState& state, const OptionsOffered& event, const CaseEvent&) {
  state.agreement.offered.clear();
  for (const auto& option : event.options)
    state.agreement.offered.push_back({option.option_id, option.cost_minor});
  state.agreement.selected.reset();
}

void evolve(CaseState& state, const OptionSelected& event, const CaseEvent&) {
  state.agreement.selected = event.option_id;
}

void evolve(CaseState& state, const AgreementReached& event, const CaseEvent&) {
  count_minted(state.minted.agreements, event.agreement_id.value);
  state.agreement.agreement_id = event.agreement_id;
  state.agreement.finality = event.finality;
  state.agreement.agreed_option = event.option_id;
}

}  // namespace casetrail
