// Reads, writes and explains the commands of approvals.
#include "aggregates/case/approval/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/approval_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<RequestApproval>{
    "Ask a second person to approve something.",
    "提交审批申请。",
    {kApprovalSubjectText, kApprovalAboutText, kApprovalAmountText, kApprovalReasonText}};
template <>
constexpr TypeText kText<DecideApproval>{
    "Approve what was asked for, or do not; the actor is another one than who asked.",
    "作出审批决定（审批人不得为申请人）。",
    {kApprovalIdText, kApprovalGrantedText, kApprovalNoteText}};

constexpr Bound kBoundsOfRequestApproval[] = {short_text("about"), {"amount_minor", 0}};
template <>
constexpr std::span<const Bound> kBounds<RequestApproval> = kBoundsOfRequestApproval;

template struct FamilyCodecs<CommandKind, ApprovalCommands>;

}  // namespace casetrail
