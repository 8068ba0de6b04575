// Reads and writes the commands of solution.h.
#include "aggregates/case/solution/commands.h"

#include "aggregates/case/command_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<OfferOptions> = "Put ways to solve it before the customer.";
template <>
constexpr std::string_view kSummary<SelectOption> = "Note the customer's choice, whoever enters it.";
template <>
constexpr std::string_view kSummary<ReachAgreement> = "Note what customer and company agreed on.";

constexpr Bound kBoundsOfOfferOptions[] = {{"options", 1}};
template <>
constexpr std::span<const Bound> kBounds<OfferOptions> = kBoundsOfOfferOptions;

constexpr Bound kBoundsOfReachAgreement[] = {{"company_cost_minor", 0}};
template <>
constexpr std::span<const Bound> kBounds<ReachAgreement> = kBoundsOfReachAgreement;

template struct FamilyCodecs<CommandKind, SolutionCommands>;

}  // namespace casetrail
