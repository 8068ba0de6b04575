// Reads and writes the commands of work.h.
#include "aggregates/case/work/commands.h"

#include "aggregates/case/command_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<StartWork> = "Begin to work; the actor is the assignee.";
template <>
constexpr std::string_view kSummary<ReceiveMessage> = "Note what the customer wrote or said.";
template <>
constexpr std::string_view kSummary<SendMessage> = "Note what the customer was told.";
template <>
constexpr std::string_view kSummary<RequestInfo> = "Ask the customer for something: the case waits for him.";
template <>
constexpr std::string_view kSummary<SuspendWork> = "Let the work wait, with a reason and a date.";
template <>
constexpr std::string_view kSummary<ResumeWork> = "Go on with the work.";
template <>
constexpr std::string_view kSummary<ReportProgress> = "Write down how far the work is.";

template struct FamilyCodecs<CommandKind, WorkCommands>;

}  // namespace casetrail
