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

template <>
constexpr TypeText kText<DeclineOption>{"Record which solutions the customer declined, whoever enters it.",
                                        "登记客户不接受的方案。",
                                        {kDeclinedOptionsText, kDeclinedWordsText}};
template <>
constexpr TypeText kText<FulfillAgreement>{"Record that what was agreed is done, and by what it is known.",
                                           "登记协议已履行及其依据。",
                                           {kAgreementIdText, kWitnessText, kFulfilmentEvidenceText}};

constexpr Bound kBoundsOfOfferOptions[] = {{"options", 1}};
template <>
constexpr std::span<const Bound> kBounds<OfferOptions> = kBoundsOfOfferOptions;

constexpr Bound kBoundsOfReachAgreement[] = {{"company_cost_minor", 0}};
template <>
constexpr std::span<const Bound> kBounds<ReachAgreement> = kBoundsOfReachAgreement;

constexpr Bound kBoundsOfDeclineOption[] = {{"option_ids", 1}};
template <>
constexpr std::span<const Bound> kBounds<DeclineOption> = kBoundsOfDeclineOption;

constexpr Bound kBoundsOfFulfillAgreement[] = {short_text("evidence")};
template <>
constexpr std::span<const Bound> kBounds<FulfillAgreement> = kBoundsOfFulfillAgreement;

template struct FamilyCodecs<CommandKind, SolutionCommands>;

}  // namespace casetrail
