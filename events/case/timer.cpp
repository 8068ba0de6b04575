// Reads, writes and explains the events of timer.h.
#include "events/case/timer.h"

#include "events/case/event_codec.h"
#include "events/case/timer_texts.h"

namespace casetrail {

constexpr TypeText kSlaTargetText{
    "One SLA target.",
    "一项 SLA 时限。",
    {{"metric", "What has to happen in time.", "时限指标"},
     {"business_ms", "How long it may take, in milliseconds of business time.", "时限（业务时间）"},
     {"calendar", "The calendar of the business time. Absent: every hour counts.", "工作日历"}}};

constexpr FieldText kTimerIdText{
    "timer_id", "The timer: its kind, with its subject behind a slash where it has one.", "计时器编号"};
constexpr FieldText kTimerKindText{"kind", "What the timer waits for.", "计时器类型"};
constexpr FieldText kTimerDueText{"due_at", "When it is due.", "到期时间"};

template <>
constexpr TypeText kText<SlaAttached>{"SLA targets were attached to the case, by its priority.",
                                      "已按优先级设定 SLA 时限。",
                                      {{"sla_id", "The SLA of the policy.", "SLA 编号"},
                                       {"targets", "Its targets.", "SLA 时限", &kSlaTargetText}}};
template <>
constexpr TypeText kText<SlaTargetMet>{
    "An SLA target was met.",
    "SLA 达标。",
    {{"metric", "What happened in time.", "时限指标"},
     {"elapsed_business_ms", "How long it took, in milliseconds of business time.", "用时（业务时间）"}}};
template <>
constexpr TypeText kText<SlaTargetMissed>{
    "An SLA target was breached.",
    "SLA 超时。",
    {{"metric", "What did not happen in time.", "时限指标"},
     {"due_at", "When it was due.", "到期时间"},
     {"responsible", "Who had the case when it was due.", "责任方", &kPartyText}}};
template <>
constexpr TypeText kText<SlaTargetCompletedLate>{
    "What an SLA target promised was done at last, too late.",
    "SLA 超时后完成。",
    {{"metric", "What happened late.", "时限指标"},
     {"elapsed_business_ms", "How long it took, in milliseconds of business time.", "用时（业务时间）"},
     {"target_business_ms", "How long it might have taken.", "时限（业务时间）"}}};
template <>
constexpr TypeText kText<TimerSet>{
    "A timer was started.",
    "计时器已启动。",
    {kTimerIdText,
     kTimerKindText,
     kTimerDueText,
     {"calendar", "The calendar of the business time. Absent: every hour counts.", "工作日历"},
     {"warn_at", "When it warns, if the policy says so.", "预警时间"},
     {"warn_percent", "How much of the SLA target has passed then, in percent.", "预警比例（%）"},
     {"target_business_ms", "How long the SLA target allows, in milliseconds of business time.",
      "时限（业务时间）"},
     {"counted_business_ms", "How much of it had passed when the timer was started.", "已用时（业务时间）"}}};
template <>
constexpr TypeText kText<TimerPaused>{
    "A timer stands still while the case waits.",
    "工单等待期间计时器暂停。",
    {kTimerIdText,
     {"remaining_business_ms", "What is left, in milliseconds of business time; 0 after a breach.",
      "剩余（业务时间）"},
     {"counted_business_ms", "How much of the SLA target has passed.", "已用时（业务时间）"}}};
template <>
constexpr TypeText kText<TimerResumed>{
    "A timer runs again, with a new due time.",
    "计时器恢复计时，到期时间已更新。",
    {kTimerIdText, kTimerDueText, {"warn_at", "When it warns, if it has not warned yet.", "预警时间"}}};
template <>
constexpr TypeText kText<TimerWarned>{
    "A timer is close to its due time.",
    "计时器临近到期，已预警。",
    {kTimerIdText, {"threshold_percent", "How much of the time has passed, in percent.", "已用时限（%）"}}};
template <>
constexpr TypeText kText<TimerExpired>{
    "A timer reached its due time.",
    "计时器已到期。",
    {kTimerIdText,
     kTimerKindText,
     {"due_at", "When it was due.", "到期时间"},
     {"fired_at", "When the engine noticed; later than `due_at` if it was not running.", "触发时间"}}};
template <>
constexpr TypeText kText<TimerCleared>{"A timer is not needed any more.", "计时器已取消。", {kTimerIdText}};
template <>
constexpr TypeText kText<EscalationTriggered>{
    "The case was escalated, because a timer warned or expired.",
    "因计时器预警或到期，工单已升级。",
    {{"level", "How high, 1 for the team lead.", "升级级别"},
     {"kind", "To other skills (functional) or to a superior (hierarchical).", "升级类型"},
     {"cause", "The kind of timer that led to it.", "升级起因"},
     {"to", "The roles that were told.", "通知角色"}}};

template <>
constexpr TypeText kText<SlaExcused>{
    "A breach of an SLA target is not held against anybody; it stays a breach, counted apart.",
    "SLA 超时已免责：仍记为超时，单独统计。",
    {{"metric", "What did not happen in time.", "时限指标"},
     {"due_at", "When it was due.", "到期时间"},
     kExcuseReasonText,
     kExcusePiiText}};
template <>
constexpr TypeText kText<EscalationAcknowledged>{
    "Somebody to whom the case was escalated has seen it and answers for it.",
    "升级已被确认并接手。",
    {{"level", "The highest level of the escalations that were open.", "升级级别"}, kAcknowledgementText}};

template struct FamilyCodecs<EventKind, TimerEvents>;

}  // namespace casetrail
