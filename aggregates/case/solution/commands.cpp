// Reads, writes and explains the commands of solution.h.
#include "aggregates/case/solution/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/solution_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<OfferOptions>{
    "Offer solutions to the customer.", "向客户提供备选方案。", {kOptionsText, kValidUntilText}};
template <>
constexpr TypeText kText<SelectOption>{"Record which solution the customer chose, whoever enters it.",
                                       "登记客户选定的方案。",
                                       {kSelectedOptionText}};
template <>
constexpr TypeText kText<ReachAgreement>{"Record what the customer and the company agreed on.",
                                         "登记与客户达成的协议。",
                                         {kAgreementKindText,
                                          kFinalityText,
                                          kCustomerBenefitText,
                                          {"company_cost_minor",
                                           "What it costs the company, in minor units of the policy's "
                                           "currency (fen, cent). Absent: the cost of the "
                                           "selected option.",
                                           "公司成本（最小货币单位）"},
                                          kAgreementDueText}};

constexpr Bound kBoundsOfOfferOptions[] = {{"options", 1}};
template <>
constexpr std::span<const Bound> kBounds<OfferOptions> = kBoundsOfOfferOptions;

constexpr Bound kBoundsOfReachAgreement[] = {{"company_cost_minor", 0}};
template <>
constexpr std::span<const Bound> kBounds<ReachAgreement> = kBoundsOfReachAgreement;

template struct FamilyCodecs<CommandKind, SolutionCommands>;

}  // namespace casetrail
