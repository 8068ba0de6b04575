// Reads, writes and explains the events of privacy.h.
#include "events/case/privacy.h"

#include "events/case/event_codec.h"
#include "events/case/privacy_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<ErasureRequested>{
    "Somebody asked that the customer's personal texts go.",
    "已请求删除客户个人信息。",
    {kLegalBasisText,
     kErasureReasonText,
     {"due_at", "By when they have to be gone, by the policy.", "删除期限"}}};
template <>
constexpr TypeText kText<CustomerErased>{
    "The personal texts of all earlier events of the case were erased. Whoever keeps copies drops them.",
    "此前所有事件中的个人信息已删除，留有副本者须一并删除。",
    {kLegalBasisText, kErasureReasonText, {"requested_at", "When somebody asked for it.", "请求时间"}}};
template <>
constexpr TypeText kText<HoldPlaced>{
    "A legal hold: the personal texts of the case stay until it is released.",
    "已设法律保全：解除前不得删除个人信息。",
    {kHoldReasonText}};
template <>
constexpr TypeText kText<HoldReleased>{"The legal hold was released.", "法律保全已解除。", {kHoldReasonText}};

template struct FamilyCodecs<EventKind, PrivacyEvents>;

}  // namespace casetrail
