// What the fields mean that events and commands of complaints share.
#pragma once

#include "events/wire/party_texts.h"
#include "events/wire/type_text.h"

namespace casetrail {

inline constexpr TypeText kComplaintDetailsText{
    "The complaint in the customer's words. Personal.",
    "客户陈述的投诉内容（个人信息）。",
    {{"course_of_events", "What happened.", "事情经过"},
     {"remedy_sought", "What the customer wants as a remedy.", "客户诉求"}}};

inline constexpr TypeText kCriterionText{"A criterion of a complaint, and whether it is met.",
                                         "一项投诉受理条件及其是否满足。",
                                         {{"id", "The criterion, by its name in the policy.", "条件名称"},
                                          {"met", "Whether the complaint meets it.", "是否满足"}}};

inline constexpr TypeText kResponsibilityShareText{
    "Who is responsible, and for how much of it.",
    "责任方及其占比。",
    {{"party", "What kind of party it is.", "责任方类型"},
     {"ref", "The department, the agent or the company.", "责任方"},
     {"percent", "The share, 0 to 100; all shares sum to 100.", "责任占比（%）"}}};

inline constexpr FieldText kComplaintAboutText{"about", "What the complaint is about.", "投诉对象类型"};
inline constexpr FieldText kComplaintAboutRefText{
    "about_ref", "The product, the person or the department in question.", "投诉对象"};
inline constexpr FieldText kHappenedAtText{"happened_at", "When it happened.", "发生时间"};
inline constexpr FieldText kHappenedPlaceText{"happened_place", "Where it happened.", "发生地点"};
inline constexpr FieldText kComplaintPiiText{"pii", "The complaint in the customer's words. Personal.",
                                             "投诉内容", &kComplaintDetailsText};
inline constexpr FieldText kCriteriaText{
    "criteria", "Each criterion that the policy names, and whether it is met.", "受理条件", &kCriterionText};
inline constexpr FieldText kCauseText{"cause_code", "Which of the seven causes it is.", "投诉原因"};
inline constexpr FieldText kCauseEvidenceText{"evidence", "What proves the cause.", "证据"};
inline constexpr FieldText kCauseSeconderText{"seconded_by",
                                              "The second person, as another system knows them. People "
                                              "request an approval instead, where the cause needs one.",
                                              "复核人"};
inline constexpr FieldText kSeconderText{
    "seconded_by", "The second person, needed when the cause is the customer's personality.", "复核人"};
inline constexpr FieldText kSharesText{"shares", "Who is responsible, and for how much.", "责任划分",
                                       &kResponsibilityShareText};
inline constexpr FieldText kShareEvidenceText{"evidence", "What proves the responsibility.", "证据"};
inline constexpr FieldText kSatisfactionCheckedText{
    "satisfaction_checked", "The customer was asked whether they are satisfied.", "已核实满意度"};
inline constexpr FieldText kRetainedText{"retained", "The customer stays a customer.", "客户已挽回"};
inline constexpr FieldText kAcceptedByCustomerText{"accepted_by_customer",
                                                   "The customer accepted the outcome.", "客户接受处理结果"};
inline constexpr FieldText kWithdrawalChannelText{"channel", "The channel on which the customer said so.",
                                                  "撤诉渠道"};

inline constexpr TypeText kComplaintWordsText{"What was found, told or objected. Personal.",
                                              "认定、告知或异议的内容（个人信息）。",
                                              {{"text", "The words.", "内容"}}};
inline constexpr FieldText kAssessmentText{"assessment", "Whether the complaint is justified.",
                                           "投诉是否成立"};
inline constexpr FieldText kSeverityText{"severity", "How serious the matter is.", "严重程度"};
inline constexpr FieldText kAssessedCategoryText{
    "category", "What it is about, as it was found; absent: as the customer said.", "认定的投诉对象类型"};
inline constexpr FieldText kFindingsPiiText{"pii", "What was found. Personal.", "调查结论",
                                            &kComplaintWordsText};
inline constexpr FieldText kDecisionChannelText{"channel", "The channel on which the customer was told.",
                                                "告知渠道"};
inline constexpr FieldText kDecisionPiiText{"pii", "What the customer was told. Personal.", "告知内容",
                                            &kComplaintWordsText};
inline constexpr FieldText kAppealChannelText{"channel", "The channel on which the customer appealed.",
                                              "申诉渠道"};
inline constexpr FieldText kAppealPiiText{"pii", "Why the customer does not accept the decision. Personal.",
                                          "申诉理由", &kCustomerWordsText};
inline constexpr FieldText kObjectionPiiText{"pii", "Why the responsibility is wrong. Personal.", "异议理由",
                                             &kComplaintWordsText};
inline constexpr FieldText kResponsibilityOutcomeText{
    "outcome", "Whether the responsibility stays, goes to others, or is nobody's.", "复核结果"};
inline constexpr FieldText kResponsibilityPiiText{"pii", "Why it was decided so. Personal.", "复核理由",
                                                  &kComplaintWordsText};

}  // namespace casetrail
