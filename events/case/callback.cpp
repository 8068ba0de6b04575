// Reads, writes and explains the events of callback.h.
#include "events/case/callback.h"

#include "events/case/approval_texts.h"
#include "events/case/callback_texts.h"
#include "events/case/event_codec.h"

namespace casetrail {

constexpr TypeText kCallbackFormText{
    "The form with the questions, in the version that was used.",
    "回访问卷及其版本。",
    {{"id", "The form's name.", "问卷名称"}, {"version", "Its version.", "版本"}}};

template <>
constexpr TypeText kText<CallbackScheduled>{
    "A callback to the customer was scheduled.",
    "已安排客户回访。",
    {kCallbackIdText,
     {"plan_id", "The policy's plan. Absent: agreed with the customer by hand.", "回访计划"},
     kCallbackPurposeText,
     {"form", "The form with the questions.", "回访问卷", &kCallbackFormText},
     {"not_before", "The call may be made from this time on.", "最早回访时间"},
     {"not_after", "The call has to be made by this time.", "最晚回访时间"},
     {"tz", "The customer's time zone, by its IANA name: `Asia/Shanghai`.", "客户时区"},
     {"shifted_because", "Why the call is later than the plan says.", "顺延原因"},
     kCallbackCallerText,
     {"required_before_close",
      "By the policy, the case cannot be closed before this callback has ended. Absent: unknown.",
      "结案前必须完成"}}};
template <>
constexpr TypeText kText<CallbackRescheduled>{
    "The callback was moved to another time.",
    "回访已改期。",
    {kCallbackIdText,
     {"not_before", "The call may be made from this time on.", "最早回访时间"},
     {"not_after", "The call has to be made by this time.", "最晚回访时间"},
     kRescheduleReasonText}};
template <>
constexpr TypeText kText<CallbackAttempted>{
    "The customer was called, with or without an answer.",
    "已拨打回访电话（不论是否接通）。",
    {kCallbackIdText,
     {"agent_id", "Who called.", "回访人"},
     {"attempt_no", "The number of the attempt, 1 for the first.", "第几次呼叫"},
     kCallbackOutcomeText,
     {"next_not_before", "The next attempt may be made from this time on.", "下次最早回访时间"},
     {"in_hours", "Whether the call was within the permitted calling hours. Absent: unknown.",
      "是否在允许时段内"},
     {"next_not_after", "The next attempt should be made by this time.", "下次最晚回访时间"}}};
template <>
constexpr TypeText kText<CallbackCompleted>{
    "The customer was reached and answered the questions.",
    "回访已完成，客户已作答。",
    {kCallbackIdText, {"agent_id", "Who called.", "回访人"}, kCallbackAnsweredText, kCallbackPiiText}};
template <>
constexpr TypeText kText<CallbackFeedbackRouted>{
    "The customer's feedback was routed to a department.",
    "客户意见已转交责任部门。",
    {kCallbackIdText, kFeedbackDepartmentText, kFeedbackRouteText, kFeedbackCaseText}};
template <>
constexpr TypeText kText<CallbackRefused>{
    "The customer does not want to be called.", "客户拒绝回访。", {kCallbackIdText, kDoNotCallText}};
template <>
constexpr TypeText kText<CallbackExhausted>{
    "The customer was unreachable: all attempts are exhausted.",
    "联系不上客户，呼叫次数已用尽。",
    {kCallbackIdText, {"attempts", "How many attempts were made.", "呼叫次数"}}};
template <>
constexpr TypeText kText<CallbackWaived>{
    "The callback was waived, with a reason and somebody who answers for it.",
    "经批准免除回访。",
    {kWaivedCallbackText, kWaiverReasonText, kWaiverApprovalText, kRestsOnApprovalText}};
template <>
constexpr TypeText kText<CallbackOverdue>{
    "The callback was not made by its time.", "回访已逾期。", {kCallbackIdText}};

template <>
constexpr TypeText kText<CallbackCanceled>{
    "The callback is not made any more.", "回访已取消。", {kCallbackIdText, kCancelReasonText}};
template <>
constexpr TypeText kText<CallbackAssigned>{
    "The callback was given to somebody.", "回访已指派。", {kCallbackIdText, kAssignedCallerText}};

template struct FamilyCodecs<EventKind, CallbackEvents>;

}  // namespace casetrail
