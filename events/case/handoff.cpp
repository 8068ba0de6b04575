// Reads and writes the events of handoff.h.
#include "events/case/handoff.h"

#include "events/case/event.h"
#include "events/wire/family_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<HandoffRequested> =
    "A department or an agent asks another to take the case over; the giving side keeps the duty until then.";
template <>
constexpr std::string_view kSummary<HandoffAccepted> = "The receiving side took the handoff.";
template <>
constexpr std::string_view kSummary<HandoffReturned> =
    "The receiving side gave the handoff back, with the reason.";
template <>
constexpr std::string_view kSummary<HandoffExpired> =
    "The receiving side was silent past its time; the handoff stays pending.";
template <>
constexpr std::string_view kSummary<HandoffRuled> =
    "It was decided whose work it is; the ruled department cannot return it.";
template <>
constexpr std::string_view kSummary<HandoffCompleted> = "The receiving side reported back to the owner.";

template struct FamilyCodecs<EventKind, HandoffEvents>;

}  // namespace casetrail
