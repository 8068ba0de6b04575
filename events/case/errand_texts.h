// What the fields mean that events and commands of returns and visits share.
#pragma once

#include "events/case/work_texts.h"

namespace casetrail {

inline constexpr TypeText kReturnItemText{
    "One article that comes back.",
    "一件退回的商品。",
    {{"item", "What it is: a model, an article number.", "商品"}, {"quantity", "How many.", "数量"}}};

inline constexpr FieldText kReturnIdText{"return_id", "The return: `m1`, `m2`, … within the case.",
                                         "退货编号"};
inline constexpr FieldText kReturnKindText{"kind", "What the customer gets for the goods.", "退货类型"};
inline constexpr FieldText kReturnItemsText{"items", "What comes back.", "退回商品", &kReturnItemText};
inline constexpr FieldText kRmaText{
    "rma_no", "The number that the customer writes on the parcel. Absent: none was given.", "退货单号"};
inline constexpr FieldText kConditionText{"condition", "How the goods arrived.", "到货状况"};
inline constexpr FieldText kVerdictText{"verdict", "What the inspection found.", "检验结论"};
inline constexpr FieldText kRefundText{"refund_minor",
                                       "What is to be refunded, in minor units of the policy's currency "
                                       "(fen, cent). Absent: nothing, or not known yet.",
                                       "应退金额（最小货币单位）"};
inline constexpr FieldText kInspectionPiiText{"pii", "What was found. Personal.", "检验说明", &kWorkTextText};
inline constexpr FieldText kVisitIdText{"visit_id", "The visit: `v1`, `v2`, … within the case.", "上门编号"};
inline constexpr FieldText kTechnicianText{"technician_id", "Who goes to the customer.", "上门人员"};
inline constexpr FieldText kVisitStartsText{"starts_at", "From when the customer expects the visit.",
                                            "预约开始"};
inline constexpr FieldText kVisitEndsText{"ends_at", "Until when the technician has to have come.",
                                          "预约结束"};
inline constexpr FieldText kVisitResultText{"result", "What came of the visit.", "上门结果"};
inline constexpr FieldText kPartsText{"parts", "The parts that were used.", "所用配件"};
inline constexpr FieldText kVisitPiiText{"pii", "What was done. Personal.", "上门说明", &kWorkTextText};

}  // namespace casetrail
