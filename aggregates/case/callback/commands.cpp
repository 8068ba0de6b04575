// Reads and writes the commands of callback.h.
#include "aggregates/case/callback/commands.h"

#include "aggregates/case/command_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<ScheduleCallback> = "Plan a call to the customer.";
template <>
constexpr std::string_view kSummary<RescheduleCallback> = "Move the call to another time.";
template <>
constexpr std::string_view kSummary<AttemptCallback> =
    "Note a call that was made. The last attempt that reaches nobody exhausts the callback.";
template <>
constexpr std::string_view kSummary<CompleteCallback> = "Note what the customer said when he was reached.";
template <>
constexpr std::string_view kSummary<RouteCallbackFeedback> = "Pass what the customer said to a department.";
template <>
constexpr std::string_view kSummary<RefuseCallback> = "Note that the customer does not want to be called.";
template <>
constexpr std::string_view kSummary<WaiveCallback> =
    "Leave the call out, with a reason and somebody who answers for it.";

constexpr Bound kBoundsOfScheduleCallback[] = {short_text("tz")};
template <>
constexpr std::span<const Bound> kBounds<ScheduleCallback> = kBoundsOfScheduleCallback;

constexpr Bound kBoundsOfWaiveCallback[] = {{"reason", 1}};
template <>
constexpr std::span<const Bound> kBounds<WaiveCallback> = kBoundsOfWaiveCallback;

template struct FamilyCodecs<CommandKind, CallbackCommands>;

}  // namespace casetrail
