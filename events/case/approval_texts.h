// What the fields mean that events and commands of approvals share.
#pragma once

#include "events/wire/type_text.h"

namespace casetrail {

inline constexpr FieldText kApprovalIdText{"approval_id", "The approval: `p1`, `p2`, … within the case.",
                                           "审批编号"};
inline constexpr FieldText kApprovalSubjectText{"subject", "What is to be approved.", "审批事项"};
inline constexpr FieldText kApprovalAboutText{
    "about",
    "The new owner, the callback or the cause, for which alone the approval is good. Absent: for any.",
    "审批对象"};
inline constexpr FieldText kApprovalAmountText{
    "amount_minor", "How much money it is about, in minor units of the policy's currency (fen, cent).",
    "金额（最小货币单位）"};
inline constexpr TypeText kApprovalWordsText{
    "What is said about it. Personal.", "说明（个人信息）。", {{"text", "What is said about it.", "说明"}}};
inline constexpr FieldText kApprovalReasonText{"pii", "Why it is asked for. Personal.", "申请理由",
                                               &kApprovalWordsText};
inline constexpr FieldText kApprovalGrantedText{"granted", "Whether it is approved.", "是否批准"};
inline constexpr FieldText kApprovalNoteText{"pii", "What the second person says about it. Personal.",
                                             "审批意见", &kApprovalWordsText};
/// Of what rests on an approval.
inline constexpr FieldText kRestsOnApprovalText{
    "approval_id", "The approval that it rests on. Absent: none was needed.", "所依据的审批"};

}  // namespace casetrail
