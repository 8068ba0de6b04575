// Reads, writes and explains the events of resolution.h.
#include "events/case/resolution.h"

#include "events/case/event_codec.h"
#include "events/case/resolution_texts.h"

namespace casetrail {

constexpr TypeText kAttributionText{
    "Who earned the result, as it was at that moment: later moves of people change no report.",
    "当时的业绩归属，不随后续人员变动改变。",
    {{"agents", "The agents.", "坐席"}, {"departments", "The departments.", "部门"}}};

template <>
constexpr TypeText kText<CaseResolved>{
    "The work on the case is done.",
    "工单已解决，待客户确认。",
    {kResolutionCodeText,
     {"agreement_id", "The agreement with the customer that it fulfils.", "协议编号"},
     {"attributed", "Who earned the result.", "业绩归属", &kAttributionText},
     kResolutionPiiText,
     {"counts_as_solved", "False where the policy says that a case resolved so is not solved.",
      "计为已解决"}}};
template <>
constexpr TypeText kText<ResolutionAccepted>{
    "The customer accepted the resolution.", "客户认可处理结果。", {kVerdictChannelText}};
template <>
constexpr TypeText kText<ResolutionRejected>{
    "The customer rejected the resolution: the case is in progress again.",
    "客户不认可处理结果，工单恢复处理。",
    {kVerdictChannelText, kRejectionPiiText}};
template <>
constexpr TypeText kText<CaseClosed>{
    "The case was closed.",
    "工单已结案。",
    {{"basis", "What the closing rests on.", "结案依据"},
     {"closed_by", "Who closed it. Absent: a timer or an import did.", "结案人"}}};
template <>
constexpr TypeText kText<CaseReopened>{
    "The case is open again, in a new cycle.",
    "工单已重开，进入新一轮处理。",
    {kReopenReasonText,
     {"cycle_no", "The number of the cycle, 2 for the first reopening.", "第几轮"},
     kReopenPiiText}};

template struct FamilyCodecs<EventKind, ResolutionEvents>;

}  // namespace casetrail
