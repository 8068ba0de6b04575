// Reads, writes and explains the events of request.h.
#include "events/case/request.h"

#include "events/case/event_codec.h"
#include "events/case/request_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<RequestRegistered>{
    "A request was registered: the first event of every case.",
    "客户请求已登记，是每个工单的第一个事件。",
    {kCaseKindText,
     {"service_stage", "Before, during or after the sale.", "服务阶段"},
     kRequestChannelText,
     {"external_ref", "The sender's own number of the request; with the channel it gives the case id.",
      "外部编号"},
     {"number", "What people call the case, such as CT-2611-000123; older cases have none.", "工单号"},
     {"received_at", "When the request came.", "收到时间"},
     kCustomerRefText,
     kProductModelText,
     kSerialNoText,
     kOrderRefText,
     kCategoryText,
     kCustomerZoneText,
     kRequestPiiText,
     kIsComplaintText}};
template <>
constexpr TypeText kText<RequestAcknowledged>{"The customer was told that the request has come.",
                                              "已告知客户请求收悉。",
                                              {kAcknowledgeChannelText, kPromisedUpdateText}};
template <>
constexpr TypeText kText<RequestClassified>{
    "The request was classified: what it is about, and how difficult it is.",
    "请求已分类并评定难度。",
    {kCategoryText,
     kServiceTypeText,
     {"difficulty", "1 (anybody can do it) to 5 (it takes an expert).", "难度"},
     {"required_skills", "The skills that it takes.", "所需技能"},
     {"by", "Whether a rule or an agent classified it.", "分类方式"}}};
template <>
constexpr TypeText kText<RequestPrioritized>{
    "The request got its priority, by impact and urgency.",
    "请求已按影响和紧急程度定级。",
    {kImpactText,
     kUrgencyText,
     {"priority", "P1 is the most urgent; the policy's matrix makes it of impact and urgency.", "优先级"},
     kPriorityReasonText}};

template <>
constexpr TypeText kText<RequestAmended>{
    "What was registered is corrected; what was said before stands in the events before.",
    "登记信息已更正；原信息保留在之前的事件中。",
    {kAmendedKindText, kAmendedStageText, kAmendedCustomerRefText, kAmendedProductText, kAmendedSerialText,
     kAmendedOrderText, kAmendedCategoryText, kAmendedZoneText, kAmendedPiiText, kIsComplaintText}};
template <>
constexpr TypeText kText<RequestRejected>{
    "The request is none that anybody has to work on; the case is closed.",
    "请求不予受理，工单随即关闭。",
    {kRejectReasonText, kRejectExplainedText, kDuplicateOfText, kRejectionText}};
template <>
constexpr TypeText kText<RequestWithdrawn>{"The customer withdrew the request; the case is closed.",
                                           "客户已撤回请求，工单随即关闭。",
                                           {kWithdrawChannelText, kWithdrawPiiText}};

template struct FamilyCodecs<EventKind, RequestEvents>;

}  // namespace casetrail
