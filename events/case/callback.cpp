// Reads and writes the events of callback.h.
#include "events/case/callback.h"

#include "events/case/event.h"
#include "events/wire/family_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<CallbackScheduled> = "A call to the customer was planned.";
template <>
constexpr std::string_view kSummary<CallbackRescheduled> = "The call was moved to another time.";
template <>
constexpr std::string_view kSummary<CallbackAttempted> = "A call was made, with or without an answer.";
template <>
constexpr std::string_view kSummary<CallbackCompleted> = "The customer was reached and said what he thinks.";
template <>
constexpr std::string_view kSummary<CallbackFeedbackRouted> =
    "What the customer said was passed to a department.";
template <>
constexpr std::string_view kSummary<CallbackRefused> = "The customer does not want to be called.";
template <>
constexpr std::string_view kSummary<CallbackExhausted> =
    "The last attempt reached nobody: the call is given up.";
template <>
constexpr std::string_view kSummary<CallbackWaived> =
    "The call is left out, with a reason and somebody who answers for it.";
template <>
constexpr std::string_view kSummary<CallbackOverdue> = "The call was not made by its time.";

template struct FamilyCodecs<EventKind, CallbackEvents>;

}  // namespace casetrail
