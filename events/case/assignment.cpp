// Reads and writes the events of assignment.h.
#include "events/case/assignment.h"

#include "events/case/event.h"
#include "events/wire/family_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<OwnerDesignated> =
    "The agent who answers for the case to its end was named.";
template <>
constexpr std::string_view kSummary<OwnerChanged> = "Another agent answers for the case from now on.";
template <>
constexpr std::string_view kSummary<AssignmentQueued> =
    "The case waits in a queue for somebody who can take it.";
template <>
constexpr std::string_view kSummary<AssignmentOffered> =
    "The case was offered to an agent, who may accept or decline.";
template <>
constexpr std::string_view kSummary<AssignmentAccepted> = "The agent took the offer.";
template <>
constexpr std::string_view kSummary<AssignmentDeclined> = "The agent did not take the offer.";
template <>
constexpr std::string_view kSummary<AssignmentMade> = "The case was given to an agent.";
template <>
constexpr std::string_view kSummary<AssignmentExpired> =
    "Nobody answered the offer in time: the case is back in the queue.";

template struct FamilyCodecs<EventKind, AssignmentEvents>;

}  // namespace casetrail
