// Ways out for the customer, and the agreement on one.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/matrix.h"
#include "aggregates/case/solution/commands.h"
#include "events/case/solution.h"

namespace casetrail {
namespace {

bool same(const std::vector<OfferedOption>& offered, const std::vector<SolutionOption>& options) {
  return std::ranges::equal(offered, options, [](const OfferedOption& a, const SolutionOption& b) {
    return a.option_id == b.option_id && a.cost_minor == b.cost_minor;
  });
}

std::optional<Rejection> check_options(const std::vector<SolutionOption>& options) {
  static constexpr auto kIntent = "offer the options";
  if (options.empty()) return refuse("too_few_options", kIntent, "there is none").error();
  for (auto option = options.begin(); option != options.end(); ++option) {
    if (option->cost_minor < 0) return refuse("cost_negative", kIntent, "a cost is negative").error();
    if (std::find_if(options.begin(), option, [&](const SolutionOption& earlier) {
          return earlier.option_id == option->option_id;
        }) != option) {
      return refuse("option_repeated", kIntent, "option '" + option->option_id.value + "' is there twice")
          .error();
    }
  }
  return std::nullopt;
}

}  // namespace

Decision decide(const CaseState& state, const OfferOptions& command, const Context& context) {
  if (auto refusal = refusal_of(Step::propose, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (auto refusal = check_options(command.options)) return std::unexpected(std::move(*refusal));
  if (same(state.agreement.offered, command.options)) return {};
  return std::vector<Event>{OptionsOffered{command.options, command.valid_until}};
}

Decision decide(const CaseState& state, const SelectOption& command, const Context& context) {
  if (auto refusal = refusal_of(Step::select_option, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (state.agreement.selected == command.option_id) return {};
  const auto& offered = state.agreement.offered;
  if (const auto guard = context.guard(
          "option_unknown",
          std::ranges::find(offered, command.option_id, &OfferedOption::option_id) == offered.end())) {
    return guard.refuse("record the customer's choice",
                        "option '" + command.option_id.value + "' was not offered");
  }
  return std::vector<Event>{OptionSelected{command.option_id}};
}

Decision decide(const CaseState& state, const ReachAgreement& command, const Context& context) {
  static constexpr auto kIntent = "reach an agreement";
  if (auto refusal = refusal_of(Step::propose, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto& region = state.agreement;
  if (const auto guard =
          context.guard("option_not_selected", command.kind == AgreementKind::solution && !region.selected))
    return guard.refuse(kIntent, "the customer has chosen no option");
  if (const auto guard = context.guard("cost_negative", command.company_cost_minor.value_or(0) < 0))
    return guard.refuse(kIntent, "its cost is negative");
  if (region.finality == command.finality && region.agreed_option == region.selected) return {};
  const auto selected = std::ranges::find_if(
      region.offered, [&](const OfferedOption& option) { return option.option_id == region.selected; });
  const auto usual_cost = selected == region.offered.end() ? 0 : selected->cost_minor;
  return std::vector<Event>{
      AgreementReached{AgreementId{"g" + std::to_string(state.minted.agreements + 1)}, region.selected,
                       command.kind, command.finality, command.customer_benefit,
                       command.company_cost_minor.value_or(usual_cost), command.due_at}};
}

}  // namespace casetrail
