// Reads, writes and explains the events of solution.h.
#include "events/case/solution.h"

#include "events/case/event_codec.h"
#include "events/case/solution_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<OptionsOffered>{
    "Solutions were offered to the customer.", "已向客户提供备选方案。", {kOptionsText, kValidUntilText}};
template <>
constexpr TypeText kText<OptionSelected>{
    "The customer chose one of the solutions.", "客户已选定方案。", {kSelectedOptionText}};
template <>
constexpr TypeText kText<AgreementReached>{
    "The customer and the company agreed on what is done, by when and at whose cost.",
    "已与客户就处理内容、期限和费用达成协议。",
    {kAgreementIdText,
     {"option_id", "The option on which it rests. Absent: none was offered.", "所选方案"},
     kAgreementKindText,
     kFinalityText,
     kCustomerBenefitText,
     {"company_cost_minor", "What it costs the company, in minor units of the policy's currency (fen, cent).",
      "公司成本（最小货币单位）"},
     kAgreementDueText}};

template <>
constexpr TypeText kText<OptionDeclined>{
    "The customer declined solutions.", "客户不接受方案。", {kDeclinedOptionsText, kDeclinedWordsText}};
template <>
constexpr TypeText kText<AgreementFulfilled>{
    "What was agreed is done.",
    "协议已履行。",
    {kAgreementIdText,
     kWitnessText,
     kFulfilmentEvidenceText,
     {"late", "Whether it was done after its due time.", "逾期履行"}}};
template <>
constexpr TypeText kText<AgreementBreached>{"What was agreed was not done in time; it stays to be done.",
                                            "协议逾期未履行，仍须履行。",
                                            {kAgreementIdText, {"due_at", "When it was due.", "履行期限"}}};
template <>
constexpr TypeText kText<AgreementSuperseded>{
    "A newer agreement of the same kind takes the place of this one.",
    "已由新协议取代。",
    {kAgreementIdText, {"by_agreement_id", "The newer one.", "新协议编号"}}};

template struct FamilyCodecs<EventKind, SolutionEvents>;

}  // namespace casetrail
