// Reads and writes the events of review.h.
#include "events/case/review.h"

#include "events/case/event.h"
#include "events/wire/family_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<ReviewAssigned> = "A reviewer is to look at the quality of the work.";
template <>
constexpr std::string_view kSummary<ReviewScored> = "The reviewer scored the work.";

template struct FamilyCodecs<EventKind, ReviewEvents>;

}  // namespace casetrail
