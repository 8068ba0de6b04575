// Reads, writes and explains the events of work.h.
#include "events/case/work.h"

#include "events/case/event_codec.h"
#include "events/case/work_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<WorkStarted>{
    "Work on the case started.",
    "已开始处理。",
    {{"agent_id", "Who works on it. Absent: the fact was imported without it.", "处理人"}}};
template <>
constexpr TypeText kText<MessageReceived>{
    "A message came from the customer.", "收到客户消息。", {kReceivedChannelText, kReceivedPiiText}};
template <>
constexpr TypeText kText<MessageSent>{
    "A message went to the customer; the first one meets the SLA target of the first response.",
    "已联系客户；首次联系即满足首次响应时限。",
    {kSentChannelText, kSentPiiText}};
template <>
constexpr TypeText kText<InfoRequested>{"The customer was asked for something: the case waits for them.",
                                        "已请客户补充信息，等待客户答复。",
                                        {kAnswerByText, kQuestionsText}};
template <>
constexpr TypeText kText<WorkSuspended>{
    "The work is suspended, with a reason and a date.",
    "工单已挂起，注明原因和复查日期。",
    {kSuspendReasonText,
     {"review_at", "When somebody looks at it again. Absent: the fact was imported without it.", "复查时间"},
     kCustomerInformedText,
     kExplanationText}};
template <>
constexpr TypeText kText<WorkResumed>{
    "The work goes on.",
    "工单恢复处理。",
    {kResumeTriggerText,
     {"suspended_business_ms", "How long it had waited, in milliseconds of business time.",
      "挂起时长（业务时间）"}}};
template <>
constexpr TypeText kText<ProgressReported>{
    "The progress of the work was reported to the customer.",
    "已向客户反馈进展。",
    {kProgressKindText,
     kProgressChannelText,
     {"next_update_at", "When the customer hears next.", "下次反馈时间"},
     kProgressPiiText}};

template <>
constexpr TypeText kText<WorkChased>{
    "Somebody urged that the case goes on.",
    "已催单。",
    {kChasedByText,
     {"count", "How often it was urged in this case, 1 for the first time.", "第几次催单"},
     kChaseChannelText,
     kChaseText}};
template <>
constexpr TypeText kText<EscalationRaised>{"Somebody escalated the case by hand.",
                                           "已人工升级。",
                                           {kEscalateLevelText, kEscalateToText, kEscalateReasonText}};
template <>
constexpr TypeText kText<ReminderDue>{
    "It is time to remind the customer of what they were asked.",
    "应提醒客户答复。",
    {{"reminder_no", "1 for the first reminder of this question.", "第几次提醒"},
     {"answer_by", "When the next reminder, or the end of waiting, comes.", "答复期限"}}};

template <>
constexpr TypeText kText<CallAttempted>{
    "The customer called or was called, beside the callbacks.",
    "已与客户通话或尝试通话（回访之外）。",
    {kCallDirectionText, kCallOutcomeText, kHungUpByText, kPromptsText, kCallSecondsText, kCallPiiText}};

template struct FamilyCodecs<EventKind, WorkEvents>;

}  // namespace casetrail
