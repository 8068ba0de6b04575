// Reads and writes the commands of review.h.
#include "aggregates/commands/review.h"

#include "aggregates/command_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<AssignReview> = "Let a reviewer look at the quality of the work.";
template <>
constexpr std::string_view kSummary<ScoreReview> =
    "Score the work; the actor is the reviewer, the total follows from the items.";

template struct FamilyCodecs<CommandKind, ReviewCommands>;

}  // namespace casetrail
