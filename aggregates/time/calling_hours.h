// When a customer may be called: within his hours, and not early after a late night.
#pragma once

#include <chrono>
#include <optional>

#include "aggregates/time/calendar.h"
#include "events/case/callback_terms.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// Activity at or after `after`, or before `until` of the next day, moves the call to `not_before` of that
/// day or later (S3: a purchase at 23:00 is called about at 11:00).
struct LateActivity {
  std::chrono::minutes after{};
  std::chrono::minutes until{};  ///< 0: the night ends at midnight
  std::chrono::minutes not_before{};
};

struct CallingHours {
  Calendar calendar;  ///< in the customer's zone
  std::optional<LateActivity> late;
};

struct CallSlot {
  Timestamp not_before{};
  Timestamp not_after{};                            ///< the end of these hours
  std::optional<RescheduleReason> shifted_because;  ///< absent: `not_before` is what was wanted
};

/// The first slot at or after `wanted`, when the customer was last active at `active_at`.
[[nodiscard]] CallSlot first_slot(const CallingHours& hours, Timestamp active_at, Timestamp wanted);

}  // namespace casetrail
