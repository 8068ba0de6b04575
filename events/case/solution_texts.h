// What the fields mean that events and commands of solutions share.
#pragma once

#include "events/wire/party_texts.h"

namespace casetrail {

inline constexpr TypeText kSolutionOptionText{
    "One solution that the customer may choose.",
    "可供客户选择的一个方案。",
    {{"option_id", "The option, unique within the case.", "方案编号"},
     {"kind", "What kind of solution it is.", "方案类型"},
     {"plan", "What would be done.", "方案内容"},
     {"cost_minor", "What it costs the company, in minor units of the policy's currency (fen, cent).",
      "公司成本（最小货币单位）"},
     {"recommended", "Whether the company recommends it.", "是否推荐"}}};

inline constexpr FieldText kOptionsText{"options", "The solutions to choose from.", "备选方案",
                                        &kSolutionOptionText};
inline constexpr FieldText kValidUntilText{"valid_until", "Until when the offer holds.", "有效期至"};
inline constexpr FieldText kSelectedOptionText{"option_id", "The option that the customer chose.",
                                               "所选方案"};
inline constexpr FieldText kAgreementKindText{
    "kind", "Whether it solves the matter or makes up for a failure.", "协议类型"};
inline constexpr FieldText kFinalityText{"finality", "Whether it is the final answer.", "是否最终"};
inline constexpr FieldText kCustomerBenefitText{"customer_benefit", "What the customer gets.", "客户所得"};
inline constexpr FieldText kAgreementDueText{"due_at", "By when it has to be fulfilled.", "履行期限"};

inline constexpr FieldText kDeclinedOptionsText{"option_ids", "The options that the customer declined.",
                                                "被拒方案"};
inline constexpr FieldText kDeclinedWordsText{"pii", "Why. Personal.", "拒绝理由", &kCustomerWordsText};
inline constexpr FieldText kAgreementIdText{"agreement_id", "The agreement: `g1`, `g2`, … within the case.",
                                            "协议编号"};
inline constexpr FieldText kWitnessText{"witness", "By what it is known that it was fulfilled.", "履行依据"};
inline constexpr FieldText kFulfilmentEvidenceText{
    "evidence", "What shows it: a receipt, a tracking number. Absent: nothing is named.", "凭证"};

}  // namespace casetrail
