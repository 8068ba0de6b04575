// Reads, writes and explains the events of handoff.h.
#include "events/case/handoff.h"

#include "events/case/event_codec.h"
#include "events/case/handoff_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<HandoffRequested>{
    "A department or an agent was asked to take the case over, or to answer a question; until it is "
    "accepted, the giving "
    "side keeps the duty.",
    "已请求转办或咨询；接收前责任仍在转出方。",
    {kHandoffIdText,
     kHandoffKindText,
     {"from", "The giving side.", "转出方", &kPartyText},
     kHandoffToText,
     kHandoffReasonText,
     kStepReachedText,
     {"duty_id", "The published duty that applies to the case's category.", "适用职责"},
     {"accept_by", "By when the receiving side has to answer. Absent: the fact was imported without it.",
      "接收期限"},
     {"pii", "The note for the receiving side. Personal. Absent: the fact was imported without it.", "转办单",
      &kHandoffNoteText},
     kHandoffModeText}};
template <>
constexpr TypeText kText<HandoffAccepted>{
    "The receiving side accepted the handoff.",
    "接收方已接收转办。",
    {kHandoffIdText,
     {"by", "Who accepted it.", "接收方", &kPartyText},
     {"complete_by", "By when the receiving side has to report back. Absent: nothing is to be reported.",
      "办结期限"},
     {"still_waiting", "The case waits for the customer, or is suspended, as before. Absent: it does not.",
      "是否仍在等待"}}};
template <>
constexpr TypeText kText<HandoffReturned>{
    "The receiving side returned the handoff, with the reason.",
    "接收方已退回转办并说明原因。",
    {kHandoffIdText,
     {"by", "Who returned it.", "退回方", &kPartyText},
     kReturnReasonText,
     kReturnDutyText,
     kSuggestedDepartmentText,
     {"bounce_no", "How often handoffs of this case bounced so far: were returned as the work of others.",
      "退回次数"},
     {"limit_reached", "By the policy, it takes a ruling now. Absent: unknown.", "已达退回上限"}}};
template <>
constexpr TypeText kText<HandoffExpired>{
    "The receiving side did not answer in time; the handoff stays pending.",
    "接收方逾期未响应，转办仍待接收。",
    {kHandoffIdText}};
template <>
constexpr TypeText kText<HandoffRuled>{"It was ruled which department has to take the case.",
                                       "已裁定承办部门。",
                                       {kHandoffIdText,
                                        kRulingDepartmentText,
                                        {"ruled_by", "Who decided.", "裁定人"},
                                        kRulingDutyText,
                                        kRulingReasonText,
                                        {"accept_by", "By when the department has to accept.", "接收期限"}}};
template <>
constexpr TypeText kText<HandoffCompleted>{
    "The receiving side reported back to the case owner, or answered the question.",
    "接收方已办结并反馈首问责任人，或已答复咨询。",
    {kHandoffIdText,
     kHandoffResultText,
     {"reported_to_owner_at", "When the owner was told.", "反馈时间"},
     kHandoffAnswerPiiText}};

template <>
constexpr TypeText kText<HandoffWithdrawn>{
    "The giving side withdrew the handoff and keeps the case.",
    "转出方已撤回转办，工单仍由其处理。",
    {kHandoffIdText,
     {"reason", "Why it is withdrawn. Absent: the case was resolved without an answer to the question.",
      "撤回原因"}}};

template struct FamilyCodecs<EventKind, HandoffEvents>;

}  // namespace casetrail
