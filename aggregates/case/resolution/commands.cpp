// Reads, writes and explains the commands of resolution.h.
#include "aggregates/case/resolution/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/resolution_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<ResolveCase>{
    "Resolve the case: the work is done.", "解决工单：处理完毕。", {kResolutionCodeText, kResolutionPiiText}};
template <>
constexpr TypeText kText<AcceptResolution>{
    "Record that the customer accepts the resolution, whoever enters it.",
    "登记客户认可处理结果。",
    {kVerdictChannelText}};
template <>
constexpr TypeText kText<RejectResolution>{
    "Record that the customer rejects the resolution, whoever enters it.",
    "登记客户不认可处理结果。",
    {kVerdictChannelText, kRejectionPiiText}};
template <>
constexpr TypeText kText<CloseCase>{
    "Close the case; what the closing rests on follows from what the case went through.",
    "结案；结案依据由工单经过得出。",
    {}};
template <>
constexpr TypeText kText<ReopenCase>{
    "Open the case again.", "重开工单。", {kReopenReasonText, kReopenPiiText}};

template struct FamilyCodecs<CommandKind, ResolutionCommands>;

}  // namespace casetrail
