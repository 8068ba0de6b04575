// Reads, writes and explains the commands about breaches and escalations.
#include "aggregates/case/timer/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/timer_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<ExcuseSla>{
    "Say that the last breach of an SLA target is not held against anybody; it is counted apart.",
    "对最近一次 SLA 超时免责，单独统计。",
    {{"metric", "The SLA target that was breached.", "时限指标"}, kExcuseReasonText, kExcusePiiText}};
template <>
constexpr TypeText kText<AcknowledgeEscalation>{
    "Say that the escalations of the case were seen: they are not open any more.",
    "确认已知悉工单的升级。",
    {kAcknowledgementText}};

template struct FamilyCodecs<CommandKind, TimerCommands>;

}  // namespace casetrail
