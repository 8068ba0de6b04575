// Reads, writes and explains the events of review.h.
#include "events/case/review.h"

#include "events/case/event_codec.h"
#include "events/case/review_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<ReviewAssigned>{
    "A quality review of a contact was assigned to a reviewer.",
    "已分派质检任务。",
    {kReviewIdText,
     kReviewKindText,
     kReviewerText,
     kReviewedAgentText,
     kReviewedDepartmentText,
     kReviewedBadgeText,
     kSampleText,
     kReviewCardUsedText,
     {"as_of_seq",
      "The number of the case's last event that is looked at; as the case "
      "was then, it is reviewed.",
      "所检时点"},
     {"calibrates", "The review of which this is the second look, at the same moment and by the same card.",
      "所复评的质检"}}};
template <>
constexpr TypeText kText<ReviewScored>{
    "The reviewer scored the contact.",
    "质检已评分。",
    {kReviewIdText,
     kScorecardUsedText,
     kScoreItemsText,
     {"total_permille", "Points earned of those applicable, in thousandths; 0 after an auto-fail.",
      "总分（千分比）"},
     kReviewPiiText}};

template <>
constexpr TypeText kText<ReviewDisputed>{"The agent disputed the score of their review.",
                                         "坐席对质检评分提出申诉。",
                                         {kReviewIdText, kReviewReasonsPiiText}};
template <>
constexpr TypeText kText<ReviewDisputeResolved>{
    "The dispute over a review was decided by a second person.",
    "质检申诉已由第二人裁定。",
    {kReviewIdText,
     kDisputeOutcomeText,
     {"items", "The corrected points, item by item; absent where the score stands.", "更正后的评分明细",
      &kScoreItemText},
     {"total_permille", "The corrected total, in thousandths; absent where the score stands.",
      "更正后的总分（千分比）"},
     kDisputeReasonsPiiText}};
template <>
constexpr TypeText kText<ReviewCalibrated>{
    "What two reviewers of the same contact saw differently was settled.",
    "两位质检员的评分差异已校准。",
    {kSecondReviewText,
     {"first_id", "The first review, whose score is the settled one from now on.", "初评质检编号"},
     {"differences", "The items that the two saw differently; none: they scored alike.", "差异项",
      &kScoreDifferenceText},
     {"spread_permille", "How far apart the two totals were, in thousandths.", "总分差（千分比）"},
     {"items", "The settled points, item by item; absent where the first score stands.", "校准后的评分明细",
      &kScoreItemText},
     {"total_permille", "The settled total, in thousandths; absent where the first score stands.",
      "校准后的总分（千分比）"},
     kCalibrationPiiText}};
template <>
constexpr TypeText kText<RecognitionGiven>{"Somebody was thanked for their work on the case.",
                                           "已给予表扬。",
                                           {kRecognizedAgentText, kRecognizedInText, kReviewReasonsPiiText}};

template <>
constexpr TypeText kText<ReviewSampleDrawn>{
    "The closed case was drawn for a quality review, by a rule of the policy.",
    "工单关闭后被抽中质检。",
    {kReviewIdText,
     kReviewKindText,
     kReviewedAgentText,
     kReviewedDepartmentText,
     {"sample", "By which rule it was drawn, and how.", "抽样依据", &kSampleOriginText},
     {"percent", "How many of a hundred cases the rule draws.", "抽样比例"},
     kReviewCardUsedText}};

template struct FamilyCodecs<EventKind, ReviewEvents>;

}  // namespace casetrail
