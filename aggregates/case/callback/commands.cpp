// Reads, writes and explains the commands of callback.h.
#include "aggregates/case/callback/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/callback_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<ScheduleCallback>{
    "Schedule a callback to the customer.",
    "安排客户回访。",
    {kCallbackPurposeText,
     {"not_before",
      "The call may be made from this time on; moved into the permitted calling hours. Absent: now.",
      "最早回访时间"},
     {"tz", "The customer's time zone, by its IANA name: `Asia/Shanghai`. Absent: the policy's.", "客户时区"},
     kCallbackCallerText}};
template <>
constexpr TypeText kText<RescheduleCallback>{
    "Move the callback to another time.",
    "回访改期。",
    {kCallbackIdText,
     {"not_before", "The call may be made from this time on; moved into the permitted calling hours.",
      "最早回访时间"},
     kRescheduleReasonText}};
template <>
constexpr TypeText kText<AttemptCallback>{
    "Record a call that was made; when the last attempt reaches nobody, the attempts are exhausted.",
    "登记一次回访呼叫；最后一次仍未接通即次数用尽。",
    {kCallbackIdText,
     kCallbackOutcomeText,
     {"next_not_before",
      "The next attempt may be made from this time on. Absent: by the policy's gap between attempts.",
      "下次最早回访时间"}}};
template <>
constexpr TypeText kText<CompleteCallback>{"Record what the customer answered.",
                                           "登记客户的回访答复。",
                                           {kCallbackIdText, kCallbackAnsweredText, kCallbackPiiText}};
template <>
constexpr TypeText kText<RouteCallbackFeedback>{
    "Route the customer's feedback to a department.",
    "将客户意见转交责任部门。",
    {kCallbackIdText, kFeedbackDepartmentText, kFeedbackRouteText, kFeedbackCaseText}};
template <>
constexpr TypeText kText<RefuseCallback>{"Record that the customer does not want to be called.",
                                         "登记客户拒绝回访。",
                                         {kCallbackIdText, kDoNotCallText}};
template <>
constexpr TypeText kText<WaiveCallback>{"Waive the callback, with a reason and somebody who answers for it.",
                                        "经批准免除回访。",
                                        {kWaivedCallbackText, kWaiverReasonText, kWaiverApproverText}};

template <>
constexpr TypeText kText<CancelCallback>{"Cancel a callback that the policy does not require.",
                                         "取消公司规则未要求的回访。",
                                         {kCallbackIdText, kCancelReasonText}};
template <>
constexpr TypeText kText<AssignCallback>{
    "Give the callback to somebody.", "指派回访人。", {kCallbackIdText, kAssignedCallerText}};

constexpr Bound kBoundsOfScheduleCallback[] = {short_text("tz")};
template <>
constexpr std::span<const Bound> kBounds<ScheduleCallback> = kBoundsOfScheduleCallback;

constexpr Bound kBoundsOfWaiveCallback[] = {{"reason", 1}};
template <>
constexpr std::span<const Bound> kBounds<WaiveCallback> = kBoundsOfWaiveCallback;

template struct FamilyCodecs<CommandKind, CallbackCommands>;

}  // namespace casetrail
