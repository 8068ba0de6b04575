// Reads, writes and explains the commands of handoff.h.
#include "aggregates/case/handoff/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/handoff_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<RequestHandoff>{
    "Ask a department or an agent to take the case over, or to answer a question about it; whoever has it "
    "now asks.",
    "请求将工单转办给其他部门或坐席，或向其咨询（由当前受理方提出）。",
    {kHandoffKindText,
     kHandoffToText,
     kHandoffReasonText,
     kStepReachedText,
     kHandoffPiiText,
     kHandoffModeText,
     {"answer_by", "By when a question has to be answered. Absent: as the policy promises.", "答复期限"}}};
template <>
constexpr TypeText kText<AcceptHandoff>{"Accept the handoff.", "接收转办。", {kHandoffIdText}};
template <>
constexpr TypeText kText<ReturnHandoff>{
    "Return the handoff, with the reason.",
    "退回转办并说明原因。",
    {kHandoffIdText, kReturnReasonText, kReturnDutyText, kSuggestedDepartmentText}};
template <>
constexpr TypeText kText<RuleHandoff>{
    "Rule which department has to take the case; by the role that the policy names.",
    "由公司规则指定的角色裁定承办部门。",
    {kHandoffIdText, kRulingDepartmentText, kRulingDutyText, kRulingReasonText}};
template <>
constexpr TypeText kText<CompleteHandoff>{
    "Report back to the case owner what came of the handoff, or answer the question.",
    "办结转办并反馈首问责任人，或答复咨询。",
    {kHandoffIdText, kHandoffResultText, kHandoffAnswerPiiText}};

template <>
constexpr TypeText kText<WithdrawHandoff>{
    "Withdraw the handoff before it is accepted, or the question; the case stays.",
    "在接收前撤回转办，或撤回咨询；工单不动。",
    {kHandoffIdText, kWithdrawalReasonText}};

constexpr Bound kBoundsOfRequestHandoff[] = {short_text("step_reached"), short_text("pii.contact_channel")};
template <>
constexpr std::span<const Bound> kBounds<RequestHandoff> = kBoundsOfRequestHandoff;

constexpr Bound kBoundsOfRuleHandoff[] = {{"reason", 1}};
template <>
constexpr std::span<const Bound> kBounds<RuleHandoff> = kBoundsOfRuleHandoff;

constexpr Bound kBoundsOfWithdrawHandoff[] = {{"reason", 1}};
template <>
constexpr std::span<const Bound> kBounds<WithdrawHandoff> = kBoundsOfWithdrawHandoff;

template struct FamilyCodecs<CommandKind, HandoffCommands>;

}  // namespace casetrail
