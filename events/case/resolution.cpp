// Reads and writes the events of resolution.h.
#include "events/case/resolution.h"

#include "events/case/event.h"
#include "events/wire/family_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<CaseResolved> = "The work on the case is done.";
template <>
constexpr std::string_view kSummary<ResolutionAccepted> = "The customer is content with the resolution.";
template <>
constexpr std::string_view kSummary<ResolutionRejected> = "The customer is not content: work goes on.";
template <>
constexpr std::string_view kSummary<CaseClosed> = "The case has ended.";
template <>
constexpr std::string_view kSummary<CaseReopened> = "The case is open again, in a new cycle.";

template struct FamilyCodecs<EventKind, ResolutionEvents>;

}  // namespace casetrail
