// Reads, writes and explains the commands of complaint.h.
#include "aggregates/case/complaint/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/complaint_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<LodgeComplaint>{
    "Record a complaint of the customer.",
    "登记客户投诉。",
    {kComplaintAboutText, kComplaintAboutRefText, kHappenedAtText, kHappenedPlaceText, kComplaintPiiText}};
template <>
constexpr TypeText kText<AcceptComplaint>{"Accept the complaint: it meets the criteria of the policy.",
                                          "受理投诉（符合受理条件）。",
                                          {kCriteriaText}};
template <>
constexpr TypeText kText<DetermineCause>{"Determine the cause of the complaint, with evidence.",
                                         "认定投诉原因并附证据。",
                                         {kCauseText, kCauseEvidenceText, kCauseSeconderText}};
template <>
constexpr TypeText kText<AttributeResponsibility>{
    "Attribute the responsibility in shares that sum to 100 percent, with evidence.",
    "划分投诉责任（合计 100%）并附证据。",
    {kSharesText, kShareEvidenceText}};
template <>
constexpr TypeText kText<CloseComplaint>{
    "Close the complaint.", "办结投诉。", {kSatisfactionCheckedText, kRetainedText, kAcceptedByCustomerText}};
template <>
constexpr TypeText kText<DeclineComplaint>{
    "Decline a complaint that does not meet the criteria, once the customer was told why.",
    "向客户说明原因后，不予受理投诉。",
    {{"reason", "Why it is declined, as the customer was told.", "不予受理原因"},
     {"explained", "It was explained to the customer; must be true.", "是否已向客户说明"}}};
template <>
constexpr TypeText kText<WithdrawComplaint>{
    "Record that the customer withdraws the complaint.", "登记客户撤回投诉。", {kWithdrawalChannelText}};
template <>
constexpr TypeText kText<AssessComplaint>{
    "Say whether the complaint is justified, and what was found.",
    "认定投诉是否成立，并写明调查结论。",
    {kAssessmentText, kSeverityText, kAssessedCategoryText, kFindingsPiiText}};
template <>
constexpr TypeText kText<CommunicateDecision>{"Record that the customer was told what came of the complaint.",
                                              "登记已将处理决定告知客户。",
                                              {kDecisionChannelText, kDecisionPiiText}};
template <>
constexpr TypeText kText<AppealComplaint>{
    "Record that the customer does not accept the decision. It opens the complaint again, and the case.",
    "登记客户对处理决定的申诉（投诉及工单重新打开）。",
    {kAppealChannelText, kAppealPiiText}};
template <>
constexpr TypeText kText<DisputeResponsibility>{
    "Say that the responsibility that oneself or the own department was given is wrong.",
    "对认定给本人或本部门的责任提出异议。",
    {kObjectionPiiText}};
template <>
constexpr TypeText kText<ConfirmResponsibility>{
    "Decide the dispute over the responsibility, as somebody who was neither named nor named others.",
    "复核责任异议（须由责任方和原认定人以外的人）。",
    {kResponsibilityOutcomeText,
     {"shares", "Who is responsible instead, and for how much; only when shifted.", "改认的责任划分",
      &kResponsibilityShareText},
     kResponsibilityPiiText}};

constexpr Bound kBoundsOfLodgeComplaint[] = {short_text("about_ref"), short_text("happened_place")};
template <>
constexpr std::span<const Bound> kBounds<LodgeComplaint> = kBoundsOfLodgeComplaint;

constexpr Bound kBoundsOfAcceptComplaint[] = {short_text("criteria.id")};
template <>
constexpr std::span<const Bound> kBounds<AcceptComplaint> = kBoundsOfAcceptComplaint;

constexpr Bound kBoundsOfDetermineCause[] = {{"evidence", 1}};
template <>
constexpr std::span<const Bound> kBounds<DetermineCause> = kBoundsOfDetermineCause;

constexpr Bound kBoundsOfAttributeResponsibility[] = {short_text("shares.ref"), {"evidence", 1}};
template <>
constexpr std::span<const Bound> kBounds<AttributeResponsibility> = kBoundsOfAttributeResponsibility;

constexpr Bound kBoundsOfDeclineComplaint[] = {{"reason", 1}};
template <>
constexpr std::span<const Bound> kBounds<DeclineComplaint> = kBoundsOfDeclineComplaint;

constexpr Bound kBoundsOfConfirmResponsibility[] = {short_text("shares.ref")};
template <>
constexpr std::span<const Bound> kBounds<ConfirmResponsibility> = kBoundsOfConfirmResponsibility;

template struct FamilyCodecs<CommandKind, ComplaintCommands>;

}  // namespace casetrail
