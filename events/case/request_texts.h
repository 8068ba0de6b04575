// What the fields mean that events and commands of requests share.
#pragma once

#include "events/case/work_texts.h"
#include "events/wire/type_text.h"

namespace casetrail {

inline constexpr TypeText kCustomerDetailsText{
    "The customer and their need. Personal.",
    "客户及其需求（个人信息）。",
    {{"name", "The customer's name.", "客户姓名"},
     {"contacts", "How to reach the customer, such as phone numbers and addresses.", "联系方式"},
     {"address", "The postal address.", "地址"},
     {"service_need", "What is needed, in the customer's words.", "服务需求"},
     {"symptom", "What is wrong with the product.", "故障现象"}}};

inline constexpr TypeText kAmendedDetailsText{
    "The corrected details of the customer and their need. Personal.",
    "更正后的客户信息（个人信息）。",
    {{"name", "The customer's name. Absent: it stays.", "客户姓名"},
     {"contacts", "How to reach the customer: all of them, in place of those before. Absent: they stay.",
      "联系方式"},
     {"address", "The postal address. Absent: it stays.", "地址"},
     {"service_need", "What is needed. Absent: it stays.", "服务需求"},
     {"symptom", "What is wrong with the product. Absent: it stays.", "故障现象"},
     {"reason", "Why it is corrected.", "更正原因"}}};

inline constexpr FieldText kCaseKindText{"kind", "What kind of case it is.", "工单类型"};
inline constexpr FieldText kIsComplaintText{
    "is_complaint", "True where the policy counts its kind among the complaints.", "属于投诉"};
inline constexpr FieldText kRequestChannelText{"channel", "The channel on which the request came.",
                                               "来源渠道"};
inline constexpr FieldText kCustomerRefText{
    "customer_ref", "The customer, as the CRM names them; no personal data.", "客户编号"};
inline constexpr FieldText kProductModelText{"product_model", "The model of the product.", "产品型号"};
inline constexpr FieldText kSerialNoText{"serial_no", "The serial number of the device.", "产品序列号"};
inline constexpr FieldText kOrderRefText{"order_ref", "The number of the order.", "订单号"};
inline constexpr FieldText kCustomerZoneText{"customer_tz",
                                             "The zone that the customer lives in, such as Asia/Shanghai: "
                                             "callbacks are planned in its hours, where the "
                                             "policy has some.",
                                             "客户所在时区"};
inline constexpr FieldText kCategoryText{
    "category", "What it is about, as a path of the policy's routing: `fault/power`.", "问题分类"};
inline constexpr FieldText kRequestPiiText{"pii", "The customer and their need. Personal.", "客户信息",
                                           &kCustomerDetailsText};
inline constexpr FieldText kAcknowledgeChannelText{"channel", "The channel on which the customer was told.",
                                                   "告知渠道"};
inline constexpr FieldText kPromisedUpdateText{
    "promised_next_update_at", "When the customer was told to expect news.", "承诺的下次反馈时间"};
inline constexpr FieldText kServiceTypeText{"service_type", "The type of service, such as `repair`.",
                                            "服务类型"};
inline constexpr FieldText kImpactText{"impact", "How much is affected.", "影响程度"};
inline constexpr FieldText kUrgencyText{"urgency", "How soon it is needed.", "紧急程度"};
inline constexpr FieldText kPriorityReasonText{"reason", "Why impact and urgency are so.", "定级理由"};
inline constexpr FieldText kAmendedKindText{"kind", "What kind of case it is. Absent: it stays.", "工单类型"};
inline constexpr FieldText kAmendedStageText{
    "service_stage", "Before, during or after the sale. Absent: it stays.", "服务阶段"};
inline constexpr FieldText kAmendedCustomerRefText{
    "customer_ref", "The customer, as the CRM names them. Absent: it stays.", "客户编号"};
inline constexpr FieldText kAmendedProductText{
    "product_model", "The model of the product. Absent: it stays; empty: unknown.", "产品型号"};
inline constexpr FieldText kAmendedSerialText{
    "serial_no", "The serial number of the device. Absent: it stays; empty: unknown.", "产品序列号"};
inline constexpr FieldText kAmendedOrderText{
    "order_ref", "The number of the order. Absent: it stays; empty: unknown.", "订单号"};
inline constexpr FieldText kAmendedCategoryText{"category", "What it is about. Absent: it stays.",
                                                "问题分类"};
inline constexpr FieldText kAmendedZoneText{
    "customer_tz", "The zone that the customer lives in. Absent: it stays; empty: unknown.", "客户所在时区"};
inline constexpr FieldText kAmendedPiiText{"pii", "The corrected details of the customer. Personal.",
                                           "客户信息", &kAmendedDetailsText};
inline constexpr FieldText kRejectReasonText{"reason_code", "Why nobody has to work on it.", "不受理原因"};
inline constexpr FieldText kRejectExplainedText{"explained", "Whether it was explained to the sender.",
                                                "是否已说明"};
inline constexpr FieldText kDuplicateOfText{"duplicate_of", "The case that it repeats.", "重复的工单"};
inline constexpr FieldText kRejectionText{"pii", "What was said about it. Personal.", "说明", &kWorkTextText};
inline constexpr FieldText kWithdrawChannelText{"channel", "The channel on which the customer said so.",
                                                "来源渠道"};
inline constexpr FieldText kWithdrawPiiText{"pii", "What the customer said. Personal.", "客户原话",
                                            &kCustomerWordsText};

}  // namespace casetrail
