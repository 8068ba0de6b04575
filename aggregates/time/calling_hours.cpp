// The two shifts of a call: the late-night rule first, then the customer's hours.
#include "aggregates/time/calling_hours.h"

#include <algorithm>

namespace casetrail {
namespace {

/// The earliest moment after late activity; the distant past when it was not late.
Timestamp after_late_night(const CallingHours& hours, Timestamp active_at) {
  if (!hours.late) return Timestamp::min();
  const auto& zone = hours.calendar.zone();
  const auto local = zone.to_local(active_at);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const bool in_the_evening = local - day >= hours.late->after;
  if (!in_the_evening && local - day >= hours.late->until) return Timestamp::min();
  return zone.to_utc(day + std::chrono::days{in_the_evening ? 1 : 0} + hours.late->not_before);
}

}  // namespace

CallSlot first_slot(const CallingHours& hours, Timestamp active_at, Timestamp wanted) {
  CallSlot slot;
  const auto rested = after_late_night(hours, active_at);
  slot.not_before = std::max(wanted, rested);
  if (rested > wanted) slot.shifted_because = RescheduleReason::late_night_activity;
  const auto open = hours.calendar.next_open(slot.not_before);
  if (open > slot.not_before && !slot.shifted_because) slot.shifted_because = RescheduleReason::quiet_hours;
  slot.not_before = open;
  slot.not_after = hours.calendar.closes_after(open);
  return slot;
}

}  // namespace casetrail
