// Reads and writes the events of timer.h.
#include "events/case/timer.h"

#include "events/case/event.h"
#include "events/wire/family_codec.h"

namespace casetrail {

template <>
constexpr std::string_view kSummary<SlaAttached> = "Promises were attached to the case by its priority.";
template <>
constexpr std::string_view kSummary<SlaTargetMet> = "A promise was kept.";
template <>
constexpr std::string_view kSummary<SlaTargetMissed> = "A promise was not kept.";
template <>
constexpr std::string_view kSummary<TimerSet> = "A timer runs from now on.";
template <>
constexpr std::string_view kSummary<TimerPaused> = "A timer stands still while the case waits.";
template <>
constexpr std::string_view kSummary<TimerResumed> = "A timer runs again, with a new due time.";
template <>
constexpr std::string_view kSummary<TimerWarned> = "A timer is close to its due time.";
template <>
constexpr std::string_view kSummary<TimerExpired> = "A timer has come to its due time.";
template <>
constexpr std::string_view kSummary<TimerCleared> = "A timer is not needed any more.";
template <>
constexpr std::string_view kSummary<EscalationTriggered> = "Somebody above was told.";

template struct FamilyCodecs<EventKind, TimerEvents>;

}  // namespace casetrail
