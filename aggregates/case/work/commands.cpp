// Reads, writes and explains the commands of work.h.
#include "aggregates/case/work/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/work_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<StartWork>{
    "Start to work; the actor is the assignee.", "开始处理（操作人即受理人）。", {}};
template <>
constexpr TypeText kText<ReceiveMessage>{
    "Record a message from the customer.", "登记客户消息。", {kReceivedChannelText, kReceivedPiiText}};
template <>
constexpr TypeText kText<SendMessage>{
    "Record a message to the customer.", "登记发给客户的消息。", {kSentChannelText, kSentPiiText}};
template <>
constexpr TypeText kText<RequestInfo>{"Ask the customer for something: the case waits for them.",
                                      "请客户补充信息，工单等待客户答复。",
                                      {kAnswerByText, kQuestionsText}};
template <>
constexpr TypeText kText<SuspendWork>{
    "Suspend the work, with a reason and a date.",
    "挂起工单，注明原因和复查日期。",
    {kSuspendReasonText, kReviewAtText, kCustomerInformedText, kExplanationText}};
template <>
constexpr TypeText kText<ResumeWork>{"Resume the work.", "恢复处理。", {kResumeTriggerText}};
template <>
constexpr TypeText kText<ReportProgress>{
    "Record a report of the progress to the customer.",
    "登记向客户反馈的进展。",
    {kProgressKindText,
     kProgressChannelText,
     {"next_update_at", "When the customer hears next. Absent: by the policy.", "下次反馈时间"},
     kProgressPiiText}};

template <>
constexpr TypeText kText<ChaseCase>{"Record that somebody urges: the customer, an agent or a lead.",
                                    "登记催单（客户、坐席或组长）。",
                                    {kChasedByText, kChaseChannelText, kChaseText}};
template <>
constexpr TypeText kText<RaiseEscalation>{
    "Escalate the case by hand.",
    "人工升级工单。",
    {{"level", "How far up: 1 is the team lead. Absent: 1.", "升级级别"},
     {"to", "The roles that have to look at it. Absent: the leads of the policy.", "升级至"},
     kEscalateReasonText}};

template <>
constexpr TypeText kText<AttemptCall>{
    "Record a call of the customer or to the customer, beside the callbacks.",
    "登记与客户的通话或通话尝试（回访之外）。",
    {kCallDirectionText, kCallOutcomeText, kHungUpByText, kPromptsText, kCallSecondsText, kCallPiiText}};

constexpr Bound kBoundsOfAttemptCall[] = {{"prompts", 0, 99}, {"seconds", 0, 86'400}};
template <>
constexpr std::span<const Bound> kBounds<AttemptCall> = kBoundsOfAttemptCall;

constexpr Bound kBoundsOfRaiseEscalation[] = {{"level", 1, 9}, short_text("to", 1)};
template <>
constexpr std::span<const Bound> kBounds<RaiseEscalation> = kBoundsOfRaiseEscalation;

template struct FamilyCodecs<CommandKind, WorkCommands>;

}  // namespace casetrail
