// Reads, writes and explains the events of errand.h.
#include "events/case/errand.h"

#include "events/case/errand_texts.h"
#include "events/case/event_codec.h"

namespace casetrail {

template <>
constexpr TypeText kText<ReturnAuthorized>{"The customer may send goods back.",
                                           "已同意客户退回商品。",
                                           {kReturnIdText, kReturnKindText, kReturnItemsText, kRmaText}};
template <>
constexpr TypeText kText<ReturnReceived>{
    "The goods arrived.",
    "退回商品已到货。",
    {kReturnIdText,
     kConditionText,
     {"inspect_by", "By when they are to be inspected. Absent: the fact was imported without it.",
      "检验期限"}}};
template <>
constexpr TypeText kText<ReturnInspected>{"The goods were inspected.",
                                          "退回商品已检验。",
                                          {kReturnIdText, kVerdictText, kRefundText, kInspectionPiiText}};
template <>
constexpr TypeText kText<WorkDispatched>{"A technician is sent to the customer.",
                                         "已派技术员上门。",
                                         {kVisitIdText, kTechnicianText, kVisitStartsText, kVisitEndsText}};
template <>
constexpr TypeText kText<VisitCompleted>{"The visit is over, with its result.",
                                         "上门服务已结束并登记结果。",
                                         {kVisitIdText, kVisitResultText, kPartsText, kVisitPiiText}};

template struct FamilyCodecs<EventKind, ErrandEvents>;

}  // namespace casetrail
