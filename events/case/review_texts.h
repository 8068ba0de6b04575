// What the fields mean that events and commands of quality reviews share.
#pragma once

#include "events/wire/type_text.h"

namespace casetrail {

inline constexpr TypeText kSampleOriginText{
    "Why this case is in the sample.",
    "该工单被抽中的依据。",
    {{"sample_id", "The sample.", "抽样编号"},
     {"period", "The period: `2026-W47` or `2026-11`.", "抽样周期"},
     {"rule_id", "The rule of the policy's sampling.", "抽样规则"},
     {"seed", "The seed with which the sample can be drawn again.", "随机种子"},
     {"population", "How many cases the rule could have drawn; 0 where each is drawn by itself.",
      "总体数量"}}};

inline constexpr TypeText kScorecardText{
    "The scorecard, in the version that was used.",
    "所用评分表及其版本。",
    {{"id", "The scorecard's name.", "评分表名称"}, {"version", "Its version.", "版本"}}};

inline constexpr TypeText kScoreItemText{
    "One item of the scorecard.",
    "评分表中的一项。",
    {{"item", "The item's name.", "评分项"},
     {"dimension", "The dimension of service quality that it belongs to.", "服务质量维度"},
     {"score", "The points earned, 0 to `max`.", "得分"},
     {"max", "The points that could be earned.", "满分"},
     {"applicable", "Whether the item applies to this contact; else its points do not count.", "是否适用"},
     {"auto_fail", "A fault for which the whole review scores 0.", "一票否决"},
     {"evidence", "The numbers of the case's events that show it.", "依据事件"}}};

inline constexpr TypeText kScoreDifferenceText{
    "An item that two reviewers saw differently.",
    "两位质检员评分不一致的一项。",
    {{"item", "The item's name.", "评分项"},
     {"first", "The points of the first review; absent: it did not apply.", "初评得分"},
     {"second", "The points of the second review; absent: it did not apply.", "复评得分"},
     {"settled", "The points that stand; absent: it does not apply.", "校准后得分"}}};

inline constexpr TypeText kCardItemText{
    "What a scorecard says of one of its items.",
    "评分表对一项的规定。",
    {{"item", "The item's name.", "评分项"},
     {"dimension", "The dimension of service quality that it belongs to.", "服务质量维度"},
     {"max", "The points that can be earned.", "满分"}}};

inline constexpr TypeText kReviewCardText{
    "The card by which the review is judged, whatever the policy says later.",
    "本次质检所依据的评分表，日后改规则亦不变。",
    {{"scorecard", "The scorecard and its version.", "评分表", &kScorecardText},
     {"items", "Its items; none: any.", "评分项", &kCardItemText},
     {"auto_fail", "Items of which a fault may fail the whole review; none: any.", "一票否决项"}}};
inline constexpr FieldText kReviewCardUsedText{"card",
                                               "The card by which the review is judged, whatever the policy "
                                               "says later. Absent where it was not recorded.",
                                               "所依据的评分表", &kReviewCardText};

inline constexpr TypeText kItemImprovementText{
    "What is to be done better in one item.",
    "某一评分项的改进点。",
    {{"item", "The item's name.", "评分项"}, {"text", "What should be done better.", "改进点"}}};

inline constexpr TypeText kReviewWordsText{
    "What the reviewer wrote about the work. Personal.",
    "质检评语（个人信息）。",
    {{"improvement_points", "What should be done better in the contact as a whole.", "改进点"},
     {"comment", "Anything else.", "评语"},
     {"by_item", "What should be done better, for each item that lost points.", "各项改进点",
      &kItemImprovementText}}};

inline constexpr TypeText kReviewReasonsText{
    "The reasons. Personal.", "理由（个人信息）。", {{"text", "The reasons.", "理由"}}};
inline constexpr FieldText kReviewReasonsPiiText{"pii", "The reasons. Personal.", "理由",
                                                 &kReviewReasonsText};
inline constexpr TypeText kDisputeReasonsText{
    "Why it was decided so. Personal.",
    "裁定理由（个人信息）。",
    {{"text", "The reasons.", "理由"},
     {"by_item", "What should be done better, for each item that lost points by the correction.",
      "各项改进点", &kItemImprovementText}}};
inline constexpr FieldText kDisputeReasonsPiiText{"pii", "The reasons, and the points to improve. Personal.",
                                                  "裁定理由", &kDisputeReasonsText};
inline constexpr FieldText kDisputeOutcomeText{"outcome", "Whether the score stands or was corrected.",
                                               "申诉结果"};
inline constexpr FieldText kSecondReviewText{
    "review_id", "The second review, which looked at the same again.", "复评质检编号"};
inline constexpr FieldText kCalibrationPiiText{"pii", "The reasons, and the points to improve. Personal.",
                                               "校准理由", &kDisputeReasonsText};
inline constexpr FieldText kRecognizedAgentText{"agent_id", "Who is thanked.", "被表扬坐席"};
inline constexpr FieldText kRecognizedInText{"review_id", "The review in which it was noticed.", "质检编号"};

inline constexpr FieldText kReviewIdText{"review_id", "The review: `r1`, `r2`, … within the case.",
                                         "质检编号"};
inline constexpr FieldText kReviewKindText{"kind", "What kind of review it is.", "质检类型"};
inline constexpr FieldText kReviewerText{"reviewer_id", "Who reviews; never the agent themselves.", "质检员"};
inline constexpr FieldText kReviewedAgentText{"agent_id", "Whose contact is reviewed.", "被检坐席"};
inline constexpr FieldText kReviewedDepartmentText{
    "department_id", "The agent's department at the time of the contact.", "被检坐席部门"};
inline constexpr FieldText kReviewedBadgeText{"badge_no", "The agent's badge number.", "被检坐席工号"};
inline constexpr FieldText kSampleText{"sample",
                                       "Why this case is in the sample. Absent: it was not drawn by a rule.",
                                       "抽样依据", &kSampleOriginText};
inline constexpr FieldText kScorecardUsedText{"scorecard", "The scorecard by which the work was scored.",
                                              "评分表", &kScorecardText};
inline constexpr FieldText kScoreItemsText{"items", "The points, item by item.", "评分明细", &kScoreItemText};
inline constexpr FieldText kReviewPiiText{"pii", "What the reviewer wrote. Personal.", "质检评语",
                                          &kReviewWordsText};

}  // namespace casetrail
