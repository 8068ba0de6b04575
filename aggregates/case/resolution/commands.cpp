// Reads and writes the commands of resolution.h.
#include "aggregates/case/resolution/commands.h"

#include "aggregates/case/command_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<ResolveCase> = "Say that the work is done.";
template <>
constexpr std::string_view kSummary<AcceptResolution> =
    "Note that the customer is content, whoever enters it.";
template <>
constexpr std::string_view kSummary<RejectResolution> =
    "Note that the customer is not content, whoever enters it.";
template <>
constexpr std::string_view kSummary<CloseCase> = "End the case.";
template <>
constexpr std::string_view kSummary<ReopenCase> = "Open the case again.";

template struct FamilyCodecs<CommandKind, ResolutionCommands>;

}  // namespace casetrail
