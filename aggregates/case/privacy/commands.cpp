// Reads, writes and explains the commands of privacy.
#include "aggregates/case/privacy/commands.h"

#include "aggregates/case/command_codec.h"
#include "events/case/privacy_texts.h"

namespace casetrail {

template <>
constexpr TypeText kText<RequestErasure>{
    "Erase the customer's personal texts for good; under a legal hold, as soon as it is released.",
    "永久删除客户个人信息；有法律保全时，解除后立即删除。",
    {kLegalBasisText, kErasureReasonText}};
template <>
constexpr TypeText kText<PlaceHold>{"Place a legal hold: nothing of the case is erased until it is released.",
                                    "设置法律保全：解除前不得删除个人信息。",
                                    {kHoldReasonText}};
template <>
constexpr TypeText kText<ReleaseHold>{
    "Release the legal hold. An erasure that it kept waiting happens at once.",
    "解除法律保全；等待中的删除立即执行。",
    {kHoldReasonText}};

constexpr Bound kBoundsOfRequestErasure[] = {short_text("reason", 1)};
template <>
constexpr std::span<const Bound> kBounds<RequestErasure> = kBoundsOfRequestErasure;

constexpr Bound kBoundsOfHold[] = {short_text("reason", 1)};
template <>
constexpr std::span<const Bound> kBounds<PlaceHold> = kBoundsOfHold;
template <>
constexpr std::span<const Bound> kBounds<ReleaseHold> = kBoundsOfHold;

template struct FamilyCodecs<CommandKind, PrivacyCommands>;

}  // namespace casetrail
