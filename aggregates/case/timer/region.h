// A timer that runs or is paused.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>

#include "events/case/timer_terms.h"
#include "events/wire/ids.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// A promise that still runs, or waits.
struct RunningTimer {
  TimerId timer_id;
  TimerKind kind{};
  Timestamp set_at{};
  Timestamp due_at{};
  std::optional<CalendarId> calendar;
  std::optional<Timestamp> warn_at;            ///< absent: no warning, or given already
  std::optional<std::int64_t> paused_with_ms;  ///< business time that was left; present while paused

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(timer_id), CEREAL_NVP(kind), CEREAL_NVP(set_at), CEREAL_NVP(due_at),
            CEREAL_NVP(calendar), CEREAL_NVP(warn_at), CEREAL_NVP(paused_with_ms));
  }
};

}  // namespace casetrail
