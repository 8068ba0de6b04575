// Reads, writes and explains the events of complaint.h.
#include "events/case/complaint.h"

#include "events/case/approval_texts.h"
#include "events/case/complaint_texts.h"
#include "events/case/event_codec.h"

namespace casetrail {

template <>
constexpr TypeText kText<ComplaintLodged>{
    "The customer complained.",
    "客户提出投诉。",
    {kComplaintAboutText, kComplaintAboutRefText, kHappenedAtText, kHappenedPlaceText, kComplaintPiiText}};
template <>
constexpr TypeText kText<ComplaintAccepted>{"The complaint meets the criteria, and is looked into.",
                                            "投诉符合受理条件，已受理。",
                                            {kCriteriaText, {"accepted_by", "Who accepted it.", "受理人"}}};
template <>
constexpr TypeText kText<ComplaintCauseDetermined>{"The cause of the complaint was determined.",
                                                   "已查明投诉原因。",
                                                   {kCauseText,
                                                    kCauseEvidenceText,
                                                    {"determined_by", "Who determined it.", "认定人"},
                                                    kSeconderText,
                                                    kRestsOnApprovalText}};
template <>
constexpr TypeText kText<ResponsibilityAttributed>{
    "The responsibility for the complaint was attributed, in shares of 100 percent.",
    "已划分投诉责任，合计 100%。",
    {kSharesText, kShareEvidenceText, {"decided_by", "Who decided it.", "认定人"}}};
template <>
constexpr TypeText kText<ComplaintClosed>{"The complaint was closed.",
                                          "投诉已办结。",
                                          {kSatisfactionCheckedText, kRetainedText, kAcceptedByCustomerText}};
template <>
constexpr TypeText kText<ComplaintDeclined>{
    "The complaint does not meet the criteria, and the customer was told why.",
    "投诉不符合受理条件，已向客户说明原因。",
    {{"reason", "Why it is declined, as the customer was told.", "不予受理原因"},
     {"explained", "Whether it was explained to the customer.", "是否已向客户说明"},
     {"declined_by", "Who declined it.", "经办人"}}};
template <>
constexpr TypeText kText<ComplaintWithdrawn>{
    "The customer withdrew the complaint.", "客户已撤回投诉。", {kWithdrawalChannelText}};

template <>
constexpr TypeText kText<ComplaintAssessed>{
    "The complaint was looked into and assessed.",
    "投诉已调查认定。",
    {kAssessmentText,
     kSeverityText,
     kAssessedCategoryText,
     {"assessed_by", "Who assessed it; never the person whom it is about.", "认定人"},
     kFindingsPiiText}};
template <>
constexpr TypeText kText<DecisionCommunicated>{
    "The customer was told what came of the complaint.",
    "已将投诉处理决定告知客户。",
    {kAssessmentText,
     kDecisionChannelText,
     {"appeal_until", "So long the customer may appeal.", "申诉截止时间"},
     {"communicated_by", "Who told the customer.", "告知人"},
     kDecisionPiiText}};
template <>
constexpr TypeText kText<ComplaintAppealed>{
    "The customer does not accept the decision: the complaint is open again.",
    "客户不接受处理决定，投诉重新受理。",
    {kAppealChannelText,
     {"decided_by", "Who assessed it before, and does not decide again.", "原认定人"},
     kAppealPiiText}};
template <>
constexpr TypeText kText<ResponsibilityDisputed>{
    "Who was named as responsible says that it is wrong.",
    "责任方对责任认定提出异议。",
    {{"share", "The share of who disputes it; absent where a system spoke for them.", "有异议的责任",
      &kResponsibilityShareText},
     {"disputed_by", "Who disputes it.", "异议人"},
     kObjectionPiiText}};
template <>
constexpr TypeText kText<ResponsibilityConfirmed>{
    "The dispute over the responsibility was decided.",
    "责任异议已复核。",
    {kResponsibilityOutcomeText,
     {"shares", "Who is responsible from now on, and for how much.", "复核后的责任划分",
      &kResponsibilityShareText},
     {"confirmed_by", "Who decided it.", "复核人"},
     kResponsibilityPiiText}};

template struct FamilyCodecs<EventKind, ComplaintEvents>;

}  // namespace casetrail
