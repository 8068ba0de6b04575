// Reads and writes the commands of assignment.h.
#include "aggregates/case/assignment/commands.h"

#include "aggregates/case/command_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<DesignateOwner> = "Name the agent who answers for the case to its end.";
template <>
constexpr std::string_view kSummary<ChangeOwner> = "Let another agent answer for the case.";
template <>
constexpr std::string_view kSummary<QueueCase> = "Put the case into a queue.";
template <>
constexpr std::string_view kSummary<OfferAssignment> = "Offer the case to an agent.";
template <>
constexpr std::string_view kSummary<AcceptAssignment> = "Take the offer; the actor is the agent.";
template <>
constexpr std::string_view kSummary<DeclineAssignment> = "Do not take the offer; the actor is the agent.";
template <>
constexpr std::string_view kSummary<MakeAssignment> = "Give the case to an agent.";

constexpr Bound kInstructions[] = {{"requirements", 1}, {"cautions", 1}};
template <>
constexpr std::span<const Bound> kBounds<OfferAssignment> = kInstructions;
template <>
constexpr std::span<const Bound> kBounds<MakeAssignment> = kInstructions;

template struct FamilyCodecs<CommandKind, AssignmentCommands>;

}  // namespace casetrail
