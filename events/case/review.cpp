// Reads, writes and explains the events of review.h.
#include "events/case/review.h"

#include "events/case/event_codec.h"
#include "events/case/review_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<ReviewAssigned>{"A quality review of a contact was assigned to a reviewer.",
                                         "已分派质检任务。",
                                         {kReviewIdText, kReviewKindText, kReviewerText, kReviewedAgentText,
                                          kReviewedDepartmentText, kReviewedBadgeText, kSampleText}};
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

template struct FamilyCodecs<EventKind, ReviewEvents>;

}  // namespace casetrail
