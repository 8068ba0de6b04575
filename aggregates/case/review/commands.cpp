// Reads, writes and explains the commands of review.h.
#include "aggregates/case/review/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/review_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<AssignReview>{"Assign a quality review of a contact to a reviewer.",
                                       "分派质检任务。",
                                       {kReviewKindText, kReviewerText, kReviewedAgentText,
                                        kReviewedDepartmentText, kReviewedBadgeText, kSampleText}};
template <>
constexpr TypeText kText<AssignSecondReview>{
    "Have another reviewer score the same contact again, at the same moment and by the same card, to compare "
    "both.",
    "请另一位质检员按同一时点、同一评分表复评，以便校准。",
    {{"review_id", "The first review.", "初评质检编号"},
     {"reviewer_id", "Who reviews again; neither the agent nor the first reviewer.", "复评质检员"}}};
template <>
constexpr TypeText kText<ScoreReview>{
    "Score the contact; the actor is the reviewer, the total follows from the items.",
    "质检评分（操作人即质检员，总分由各项得出）。",
    {kReviewIdText, kScorecardUsedText, kScoreItemsText, kReviewPiiText}};

template <>
constexpr TypeText kText<DisputeReview>{"Say that the score of one's own review is wrong, and why.",
                                        "对本人的质检评分提出申诉。",
                                        {kReviewIdText, kReviewReasonsPiiText}};
template <>
constexpr TypeText kText<ResolveReviewDispute>{
    "Decide the dispute over a review, as somebody else than the reviewer and the agent.",
    "裁定质检申诉（须由质检员和坐席以外的人）。",
    {kReviewIdText,
     kDisputeOutcomeText,
     {"items", "The corrected points of the whole card; only when corrected.", "更正后的评分明细",
      &kScoreItemText},
     kDisputeReasonsPiiText}};
template <>
constexpr TypeText kText<CalibrateReview>{
    "Settle what two reviewers of the same contact saw differently, as somebody else than the first reviewer "
    "and the agent.",
    "校准两次质检评分的差异（须由初评质检员和坐席以外的人）。",
    {kSecondReviewText,
     {"items", "The settled points of the whole card; absent where the first score stands.",
      "校准后的评分明细", &kScoreItemText},
     kCalibrationPiiText}};
template <>
constexpr TypeText kText<GiveRecognition>{"Thank somebody for their work on the case.",
                                          "给予表扬。",
                                          {kRecognizedAgentText, kRecognizedInText, kReviewReasonsPiiText}};

constexpr Bound kBoundsOfAssignReview[] = {short_text("badge_no"), short_text("sample.sample_id"),
                                           short_text("sample.period"), short_text("sample.rule_id")};
template <>
constexpr std::span<const Bound> kBounds<AssignReview> = kBoundsOfAssignReview;

constexpr Bound kBoundsOfScoreReview[] = {short_text("scorecard.id"), short_text("items.item"),
                                          short_text("pii.by_item.item")};
template <>
constexpr std::span<const Bound> kBounds<ScoreReview> = kBoundsOfScoreReview;

constexpr Bound kBoundsOfResolveReviewDispute[] = {short_text("items.item"), short_text("pii.by_item.item")};
template <>
constexpr std::span<const Bound> kBounds<ResolveReviewDispute> = kBoundsOfResolveReviewDispute;

constexpr Bound kBoundsOfCalibrateReview[] = {short_text("items.item"), short_text("pii.by_item.item")};
template <>
constexpr std::span<const Bound> kBounds<CalibrateReview> = kBoundsOfCalibrateReview;

template struct FamilyCodecs<CommandKind, ReviewCommands>;

}  // namespace casetrail
