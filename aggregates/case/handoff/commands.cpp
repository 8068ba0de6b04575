// Reads and writes the commands of handoff.h.
#include "aggregates/case/handoff/commands.h"

#include "aggregates/case/command_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<RequestHandoff> =
    "Ask a department or an agent to take the case over; whoever has it now asks.";
template <>
constexpr std::string_view kSummary<AcceptHandoff> = "Take the handoff.";
template <>
constexpr std::string_view kSummary<ReturnHandoff> = "Give the handoff back, with the reason.";
template <>
constexpr std::string_view kSummary<RuleHandoff> =
    "Decide whose work it is; by the role that the policy names.";
template <>
constexpr std::string_view kSummary<CompleteHandoff> = "Report back to the owner.";

constexpr Bound kBoundsOfRequestHandoff[] = {short_text("step_reached"), short_text("pii.contact_channel")};
template <>
constexpr std::span<const Bound> kBounds<RequestHandoff> = kBoundsOfRequestHandoff;

constexpr Bound kBoundsOfRuleHandoff[] = {{"reason", 1}};
template <>
constexpr std::span<const Bound> kBounds<RuleHandoff> = kBoundsOfRuleHandoff;

template struct FamilyCodecs<CommandKind, HandoffCommands>;

}  // namespace casetrail
