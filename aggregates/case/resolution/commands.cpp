// Reads, writes and explains the commands of resolution.h.
#include "aggregates/case/resolution/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/request_texts.h"
#include "events/case/resolution_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<ResolveCase>{
    "Resolve the case: the work is done.", "解决工单：处理完毕。", {kResolutionCodeText, kResolutionPiiText}};
template <>
constexpr TypeText kText<AcceptResolution>{
    "Record that the customer accepts the resolution, whoever enters it.",
    "登记客户认可处理结果。",
    {kVerdictChannelText}};
template <>
constexpr TypeText kText<RejectResolution>{
    "Record that the customer rejects the resolution, whoever enters it.",
    "登记客户不认可处理结果。",
    {kVerdictChannelText, kRejectionPiiText}};
template <>
constexpr TypeText kText<CloseCase>{
    "Close the case; what the closing rests on follows from what the case went through.",
    "结案；结案依据由工单经过得出。",
    {}};
template <>
constexpr TypeText kText<ReopenCase>{
    "Open the case again.", "重开工单。", {kReopenReasonText, kReopenPiiText}};

constexpr TypeText kFirstContactDetailsText{
    "The customer, their need, and what was done. Personal.",
    "客户、需求及处理结果（个人信息）。",
    {{"name", "The customer's name.", "客户姓名"},
     {"contacts", "How to reach the customer, such as phone numbers and addresses.", "联系方式"},
     {"address", "The postal address.", "地址"},
     {"service_need", "What is needed, in the customer's words.", "服务需求"},
     {"symptom", "What is wrong with the product.", "故障现象"},
     {"resolution", "What was done.", "处理结果"}}};
template <>
constexpr TypeText kText<ResolveAtFirstContact>{
    "Register a request and resolve it at once; the actor is the agent, with the department.",
    "首次接触即解决：登记并当场解决（操作人即坐席，须注明部门）。",
    {kCaseKindText,
     kRequestChannelText,
     {"external_ref", "The sender's own number of the request; the same number again is the same request.",
      "外部编号"},
     kCustomerRefText,
     kProductModelText,
     kSerialNoText,
     kOrderRefText,
     kCategoryText,
     {"impact", "How much is affected. Absent: low.", "影响程度"},
     {"urgency", "How soon it was needed. Absent: low.", "紧急程度"},
     kResolutionCodeText,
     {"pii", "The customer, their need, and what was done. Personal.", "客户信息",
      &kFirstContactDetailsText}}};

constexpr Bound kBoundsOfFirstContact[] = {short_text("product_model"), short_text("serial_no"),
                                           short_text("order_ref"),     short_text("category", 1),
                                           short_text("pii.name"),      short_text("pii.contacts")};
template <>
constexpr std::span<const Bound> kBounds<ResolveAtFirstContact> = kBoundsOfFirstContact;

template struct FamilyCodecs<CommandKind, ResolutionCommands>;

}  // namespace casetrail
