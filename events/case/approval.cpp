// Reads, writes and explains the events of approval.h.
#include "events/case/approval.h"

#include "events/case/approval_texts.h"
#include "events/case/event_codec.h"

namespace casetrail {

template <>
constexpr TypeText kText<ApprovalRequested>{
    "A second person was asked to approve something.",
    "已提交审批申请。",
    {kApprovalIdText, kApprovalSubjectText, kApprovalAboutText, kApprovalAmountText, kApprovalReasonText}};
template <>
constexpr TypeText kText<ApprovalDecided>{"A second person approved what was asked for, or did not.",
                                          "审批已作出决定。",
                                          {kApprovalIdText, kApprovalGrantedText, kApprovalNoteText}};

template struct FamilyCodecs<EventKind, ApprovalEvents>;

}  // namespace casetrail
