// What the fields mean that events and commands of requests share.
#pragma once

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

inline constexpr FieldText kCaseKindText{"kind", "What kind of case it is.", "工单类型"};
inline constexpr FieldText kRequestChannelText{"channel", "The channel on which the request came.",
                                               "来源渠道"};
inline constexpr FieldText kCustomerRefText{
    "customer_ref", "The customer, as the CRM names them; no personal data.", "客户编号"};
inline constexpr FieldText kProductModelText{"product_model", "The model of the product.", "产品型号"};
inline constexpr FieldText kSerialNoText{"serial_no", "The serial number of the device.", "产品序列号"};
inline constexpr FieldText kOrderRefText{"order_ref", "The number of the order.", "订单号"};
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

}  // namespace casetrail
