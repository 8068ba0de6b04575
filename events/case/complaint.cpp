// Reads and writes the events of complaint.h.
#include "events/case/complaint.h"

#include "events/case/event.h"
#include "events/wire/family_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<ComplaintLodged> = "The customer complained.";
template <>
constexpr std::string_view kSummary<ComplaintAccepted> =
    "The complaint was found to be one, and is looked into.";
template <>
constexpr std::string_view kSummary<ComplaintCauseDetermined> = "What led to the complaint was found out.";
template <>
constexpr std::string_view kSummary<ResponsibilityAttributed> =
    "Who is to blame for the complaint, in shares of a hundred.";
template <>
constexpr std::string_view kSummary<ComplaintClosed> = "The complaint is settled.";

template <>
constexpr std::string_view kSummary<ComplaintDeclined> =
    "The complaint does not meet the criteria of one, and the customer was told why.";
template <>
constexpr std::string_view kSummary<ComplaintWithdrawn> = "The customer took the complaint back.";

template struct FamilyCodecs<EventKind, ComplaintEvents>;

}  // namespace casetrail
