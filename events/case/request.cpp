// Reads and writes the events of request.h.
#include "events/case/request.h"

#include "events/case/event.h"
#include "events/wire/family_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<RequestRegistered> =
    "A request was taken in: the first event of every case.";
template <>
constexpr std::string_view kSummary<RequestAcknowledged> = "The customer was told that the request has come.";
template <>
constexpr std::string_view kSummary<RequestClassified> =
    "What the request is about, and how difficult it is.";
template <>
constexpr std::string_view kSummary<RequestPrioritized> = "How urgent the request is, by impact and urgency.";

template struct FamilyCodecs<EventKind, RequestEvents>;

}  // namespace casetrail
