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
constexpr TypeText kText<ScoreReview>{
    "Score the contact; the actor is the reviewer, the total follows from the items.",
    "质检评分（操作人即质检员，总分由各项得出）。",
    {kReviewIdText, kScorecardUsedText, kScoreItemsText, kReviewPiiText}};

constexpr Bound kBoundsOfAssignReview[] = {short_text("badge_no"), short_text("sample.sample_id"),
                                           short_text("sample.period"), short_text("sample.rule_id")};
template <>
constexpr std::span<const Bound> kBounds<AssignReview> = kBoundsOfAssignReview;

constexpr Bound kBoundsOfScoreReview[] = {short_text("scorecard.id"), short_text("items.item")};
template <>
constexpr std::span<const Bound> kBounds<ScoreReview> = kBoundsOfScoreReview;

template struct FamilyCodecs<CommandKind, ReviewCommands>;

}  // namespace casetrail
