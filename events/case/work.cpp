// Reads and writes the events of work.h.
#include "events/case/work.h"

#include "events/case/event.h"
#include "events/wire/family_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<WorkStarted> = "The assignee began to work.";
template <>
constexpr std::string_view kSummary<MessageReceived> = "The customer wrote or said something.";
template <>
constexpr std::string_view kSummary<MessageSent> =
    "The customer was told something; the first time meets the first-response promise.";
template <>
constexpr std::string_view kSummary<InfoRequested> =
    "The customer was asked for something: the case waits for him.";
template <>
constexpr std::string_view kSummary<WorkSuspended> = "The work waits, with a reason and a date.";
template <>
constexpr std::string_view kSummary<WorkResumed> = "The work goes on.";
template <>
constexpr std::string_view kSummary<ProgressReported> = "How far the work is was written down.";

template struct FamilyCodecs<EventKind, WorkEvents>;

}  // namespace casetrail
