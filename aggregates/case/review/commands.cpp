// Reads and writes the commands of review.h.
#include "aggregates/case/review/commands.h"

#include "aggregates/case/command_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<AssignReview> = "Let a reviewer look at the quality of the work.";
template <>
constexpr std::string_view kSummary<ScoreReview> =
    "Score the work; the actor is the reviewer, the total follows from the items.";

constexpr Bound kBoundsOfAssignReview[] = {short_text("badge_no"), short_text("sample.sample_id"),
                                           short_text("sample.period"), short_text("sample.rule_id")};
template <>
constexpr std::span<const Bound> kBounds<AssignReview> = kBoundsOfAssignReview;

constexpr Bound kBoundsOfScoreReview[] = {short_text("scorecard.id"), short_text("items.item")};
template <>
constexpr std::span<const Bound> kBounds<ScoreReview> = kBoundsOfScoreReview;

template struct FamilyCodecs<CommandKind, ReviewCommands>;

}  // namespace casetrail
