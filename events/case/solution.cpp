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
    {{"agreement_id", "The agreement: `g1`, `g2`, … within the case.", "协议编号"},
     {"option_id", "The option on which it rests. Absent: none was offered.", "所选方案"},
     kAgreementKindText,
     kFinalityText,
     kCustomerBenefitText,
     {"company_cost_minor", "What it costs the company, in minor units of the policy's currency (fen, cent).",
      "公司成本（最小货币单位）"},
     kAgreementDueText}};

template struct FamilyCodecs<EventKind, SolutionEvents>;

}  // namespace casetrail
