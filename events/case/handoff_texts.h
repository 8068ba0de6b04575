// What the fields mean that events and commands of handoffs share.
#pragma once

#include "events/wire/party_texts.h"

namespace casetrail {

inline constexpr TypeText kHandoffNoteText{
    "The note that goes with a handoff, in six fields. Personal.",
    "转办单六项内容（个人信息）。",
    {{"customer", "Who the customer is. Optional in a question.", "客户"},
     {"contact_channel", "How to reach the customer. Optional in a question.", "联系方式"},
     {"because", "What happened.", "事由"},
     {"wants", "What the customer wants. Optional in a question.", "客户诉求"},
     {"please_do", "What the receiving side should do, or is asked.", "请协助事项"},
     {"how", "How it should be done. Optional in a question.", "处理方式"}}};

inline constexpr TypeText kHandoffAnswerText{
    "What the department answers. Personal.", "部门的答复（个人信息）。", {{"text", "The answer.", "答复"}}};

inline constexpr FieldText kHandoffIdText{"handoff_id", "The handoff: `h1`, `h2`, … within the case.",
                                          "转办编号"};
inline constexpr FieldText kHandoffKindText{"kind", "What kind of handoff it is.", "转办类型"};
inline constexpr FieldText kHandoffToText{"to", "The side that is asked to take the case over, or to answer.",
                                          "接收方", &kPartyText};
inline constexpr FieldText kHandoffReasonText{"reason_code", "Why the case is handed over.", "转办原因"};
inline constexpr FieldText kStepReachedText{"step_reached", "How far the work has come.", "已处理到的步骤"};
inline constexpr FieldText kHandoffPiiText{"pii", "The note for the receiving side. Personal.", "转办单",
                                           &kHandoffNoteText};
inline constexpr FieldText kHandoffModeText{"mode",
                                            "Whether the case goes over (transfer), or stays and the "
                                            "receiving side answers a question. Absent: it goes over.",
                                            "移交或咨询"};
inline constexpr FieldText kHandoffAnswerPiiText{
    "pii", "The answer to a question. Personal. Absent: the case was handed over.", "答复",
    &kHandoffAnswerText};
inline constexpr FieldText kReturnReasonText{"reason_code", "Why the handoff is returned.", "退回原因"};
inline constexpr FieldText kReturnDutyText{"duty_id",
                                           "The published duty that says that it is not the receiving side's "
                                           "work. Absent unless the return cites one.",
                                           "依据的职责"};
inline constexpr FieldText kSuggestedDepartmentText{
    "suggested_department", "The department that should have it instead.", "建议转办部门"};
inline constexpr FieldText kRulingDepartmentText{
    "ruling_department", "The department whose work it is by the ruling; it cannot return the handoff.",
    "裁定承办部门"};
inline constexpr FieldText kRulingDutyText{"duty_id", "The published duty on which the ruling rests.",
                                           "依据的职责"};
inline constexpr FieldText kRulingReasonText{"reason", "Why it is decided so.", "裁定理由"};
inline constexpr FieldText kWithdrawalReasonText{"reason", "Why it is withdrawn.", "撤回原因"};
inline constexpr FieldText kHandoffResultText{"result", "What came of it.", "办理结果"};

}  // namespace casetrail
