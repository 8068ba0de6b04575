// Ways out for the customer, and the agreement on one.
#include "aggregates/case/decide.h"

#include <algorithm>

#include "aggregates/case/draft.h"
#include "aggregates/case/matrix.h"
#include "aggregates/case/solution/commands.h"
#include "events/case/solution.h"

namespace casetrail {
namespace {

bool is_offered(const AgreementRegion& region, const OfferOptions& command) {
  const auto same = [](const OfferedOption& a, const SolutionOption& b) {
    return a.option_id == b.option_id && a.kind == b.kind && a.plan == b.plan &&
           a.cost_minor == b.cost_minor && !a.declined;
  };
  return region.valid_until == command.valid_until &&
         std::ranges::equal(region.offered, command.options, same);
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

/// Whether the latest agreement, which is still to be fulfilled, is what the command says.
bool is_agreed(const AgreementRegion& region, const ReachAgreement& command, std::int64_t cost_minor) {
  return is_open(region, region.agreement_id) && region.kind == command.kind &&
         region.finality == command.finality && region.agreed_option == region.selected &&
         region.due_at == command.due_at && region.customer_benefit == command.customer_benefit &&
         region.company_cost_minor == cost_minor;
}

/// A newer agreement of its kind takes its place.
void supersede(Draft& draft, const CaseState& state, AgreementKind kind, const AgreementId& by) {
  for (const auto& open : state.agreement.open) {
    if (open.kind != kind) continue;
    draft.add(AgreementSuperseded{open.agreement_id, by});
    draft.clear(TimerKind::agreement_due, open.agreement_id.value);
  }
}

const OfferedOption* find_option(const CaseState& state, const OptionId& id) {
  const auto& offered = state.agreement.offered;
  const auto found = std::ranges::find(offered, id, &OfferedOption::option_id);
  return found == offered.end() ? nullptr : &*found;
}

}  // namespace

Decision decide(const CaseState& state, const OfferOptions& command, const Context& context) {
  if (auto refusal = refusal_of(Step::propose, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (auto refusal = check_options(command.options)) return std::unexpected(std::move(*refusal));
  if (is_offered(state.agreement, command)) return {};
  return std::vector<Event>{OptionsOffered{command.options, command.valid_until}};
}

Decision decide(const CaseState& state, const SelectOption& command, const Context& context) {
  if (auto refusal = refusal_of(Step::select_option, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (state.agreement.selected == command.option_id) return {};
  if (const auto guard = context.guard("option_unknown", find_option(state, command.option_id) == nullptr,
                                       [&] { return command.option_id.value; })) {
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
          context.guard("option_not_selected", command.kind == AgreementKind::solution && !region.selected,
                        [&] { return region.selected ? region.selected->value : std::string("none"); }))
    return guard.refuse(kIntent, "the customer has chosen no option");
  if (const auto guard = context.guard("cost_negative", command.company_cost_minor.value_or(0) < 0, [&] {
        return std::to_string(command.company_cost_minor.value_or(0));
      }))
    return guard.refuse(kIntent, "its cost is negative");
  const auto* selected = region.selected ? find_option(state, *region.selected) : nullptr;
  const auto cost = command.company_cost_minor.value_or(selected == nullptr ? 0 : selected->cost_minor);
  if (is_agreed(region, command, cost)) return {};
  if (const auto guard = context.guard("promise_in_past", command.due_at <= context.now,
                                       [&] { return to_wire(command.due_at); }))
    return guard.refuse(kIntent, "the time by which it is to be fulfilled has passed");
  const AgreementId id{"g" + std::to_string(state.minted.agreements + 1)};
  Draft draft(state, context);
  draft.add(AgreementReached{id, region.selected, command.kind, command.finality, command.customer_benefit,
                             cost, command.due_at});
  supersede(draft, state, command.kind, id);
  draft.set_timer(TimerKind::agreement_due, id.value, command.due_at);
  return draft.take();
}

Decision decide(const CaseState& state, const DeclineOption& command, const Context& context) {
  static constexpr auto kIntent = "record what the customer declined";
  if (auto refusal = refusal_of(Step::select_option, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  if (const auto guard = context.guard("too_few_options", command.option_ids.empty(),
                                       [&] { return std::to_string(command.option_ids.size()); }))
    return guard.refuse(kIntent, "no option is named");
  const auto unknown = std::ranges::find_if(
      command.option_ids, [&](const OptionId& id) { return find_option(state, id) == nullptr; });
  if (const auto guard = context.guard("option_unknown", unknown != command.option_ids.end(), [&] {
        return unknown == command.option_ids.end() ? std::string() : unknown->value;
      }))
    return guard.refuse(kIntent, "option '" + unknown->value + "' was not offered");
  const bool known = std::ranges::all_of(
      command.option_ids, [&](const OptionId& id) { return find_option(state, id)->declined; });
  if (known) return {};
  return std::vector<Event>{OptionDeclined{command.option_ids, command.pii}};
}

Decision decide(const CaseState& state, const FulfillAgreement& command, const Context& context) {
  if (auto refusal = refusal_of(Step::annotate, state.status, context.trace))
    return std::unexpected(std::move(*refusal));
  const auto& open = state.agreement.open;
  const auto found = std::ranges::find(open, command.agreement_id, &OpenAgreement::agreement_id);
  if (const auto guard = context.guard("agreement_not_open", found == open.end(),
                                       [&] { return command.agreement_id.value; })) {
    return guard.refuse("fulfill the agreement",
                        "agreement '" + command.agreement_id.value + "' is not open in the case");
  }
  Draft draft(state, context);
  draft.add(AgreementFulfilled{command.agreement_id, command.witness, command.evidence, found->breached});
  draft.clear(TimerKind::agreement_due, command.agreement_id.value);
  return draft.take();
}

}  // namespace casetrail
