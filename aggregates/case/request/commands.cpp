// Reads, writes and explains the commands of request.h.
#include "aggregates/case/request/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/request_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<RegisterRequest>{
    "Register a request: the first command of every case. With an external_ref, the case id is that of "
    "channel and reference.",
    "登记客户请求，是每个工单的第一个命令；有外部编号时，工单编号由渠道和外部编号得出。",
    {kCaseKindText,
     {"service_stage", "Before, during or after the sale. Absent: after the sale.", "服务阶段"},
     kRequestChannelText,
     {"external_ref", "The sender's own number of the request; the same number again is the same request.",
      "外部编号"},
     {"received_at", "When the request came. Absent: the time of the command.", "收到时间"},
     kCustomerRefText,
     kProductModelText,
     kSerialNoText,
     kOrderRefText,
     kCategoryText,
     kCustomerZoneText,
     kRequestPiiText}};
template <>
constexpr TypeText kText<AcknowledgeRequest>{"Record that the customer was told that the request has come.",
                                             "登记已告知客户请求收悉。",
                                             {kAcknowledgeChannelText, kPromisedUpdateText}};
template <>
constexpr TypeText kText<ClassifyRequest>{
    "Classify the request: what it is about, and how difficult it is.",
    "对请求分类并评定难度。",
    {kCategoryText,
     kServiceTypeText,
     {"difficulty", "1 (anybody can do it) to 5 (it takes an expert). Absent: 1.", "难度"},
     {"required_skills", "The skills that it takes. Absent: none.", "所需技能"}}};
template <>
constexpr TypeText kText<PrioritizeRequest>{
    "Say how urgent the request is; the policy makes the priority of impact and urgency.",
    "评定影响和紧急程度，由公司规则得出优先级。",
    {kImpactText, kUrgencyText, kPriorityReasonText}};

template <>
constexpr TypeText kText<AmendRequest>{
    "Correct what was registered; what was said before stays in the log.",
    "更正登记信息；原信息保留在日志中。",
    {kAmendedKindText, kAmendedStageText, kAmendedCustomerRefText, kAmendedProductText, kAmendedSerialText,
     kAmendedOrderText, kAmendedCategoryText, kAmendedZoneText, kAmendedPiiText}};
template <>
constexpr TypeText kText<RejectRequest>{
    "Reject the request before anybody works on it (spam, a test, a duplicate); closes the case.",
    "在开始处理前不予受理（垃圾、测试、重复等），工单随即关闭。",
    {kRejectReasonText, kRejectExplainedText, kDuplicateOfText, kRejectionText}};
template <>
constexpr TypeText kText<WithdrawRequest>{
    "Record that the customer withdraws the request, whoever enters it; closes the case.",
    "登记客户撤回请求，工单随即关闭。",
    {kWithdrawChannelText, kWithdrawPiiText}};

constexpr Bound kBoundsOfRegisterRequest[] = {
    short_text("product_model"), short_text("serial_no"), short_text("order_ref"),   short_text("category"),
    short_text("customer_tz"),   short_text("pii.name"),  short_text("pii.contacts")};
template <>
constexpr std::span<const Bound> kBounds<RegisterRequest> = kBoundsOfRegisterRequest;

constexpr Bound kBoundsOfClassifyRequest[] = {short_text("category", 1),
                                              short_text("service_type"),
                                              {"difficulty", 1, 5},
                                              short_text("required_skills")};
template <>
constexpr std::span<const Bound> kBounds<ClassifyRequest> = kBoundsOfClassifyRequest;

constexpr Bound kBoundsOfAmendRequest[] = {short_text("product_model"), short_text("serial_no"),
                                           short_text("order_ref"),     short_text("category", 1),
                                           short_text("customer_tz"),   short_text("pii.name"),
                                           short_text("pii.contacts")};
template <>
constexpr std::span<const Bound> kBounds<AmendRequest> = kBoundsOfAmendRequest;

template struct FamilyCodecs<CommandKind, RequestCommands>;

}  // namespace casetrail
