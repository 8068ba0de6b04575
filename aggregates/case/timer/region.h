// The timers of a case, and the clocks that count for its SLA targets.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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
  std::optional<std::int32_t> warn_percent;    ///< of the SLA target, passed at `warn_at`
  std::optional<std::int64_t> paused_with_ms;  ///< business time that was left; present while paused

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(timer_id), CEREAL_NVP(kind), CEREAL_NVP(set_at), CEREAL_NVP(due_at),
            CEREAL_NVP(calendar), CEREAL_NVP(warn_at), CEREAL_NVP(warn_percent), CEREAL_NVP(paused_with_ms));
  }
};

/// The business time that a promise to the customer has used. What was counted once stays counted, through
/// other priorities, pauses and reopenings, in the hours that held then; a target that was missed is counted
/// on until it is done.
struct SlaClock {
  SlaMetric metric{};
  std::optional<CalendarId> calendar;
  std::int64_t target_ms = 0;  ///< 0: promised for a moment
  std::int64_t counted_ms = 0;
  std::optional<Timestamp> since;      ///< it runs, and counts on from here; absent: it stands still
  std::optional<Timestamp> missed_at;  ///< when it was due, once it was missed
  bool done = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(metric), CEREAL_NVP(calendar), CEREAL_NVP(target_ms), CEREAL_NVP(counted_ms),
            CEREAL_NVP(since), CEREAL_NVP(missed_at), CEREAL_NVP(done));
  }
};

/// The last miss of an SLA target.
struct MissedTarget {
  SlaMetric metric{};
  Timestamp due_at{};
  std::optional<Code<ExcuseReason>> excused_for = {};  ///< absent: it is held against somebody
  std::optional<AgentId> agent_id = {};                ///< who had the case

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(metric), CEREAL_NVP(due_at), CEREAL_NVP(excused_for), CEREAL_NVP(agent_id));
  }
};

/// All that was escalated and that nobody has acknowledged yet.
struct OpenEscalation {
  std::int32_t level = 1;       ///< the highest
  std::vector<std::string> to;  ///< roles

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(level), CEREAL_NVP(to));
  }
};

/// The promises to the customer that a clock counts for; handoffs and complaints have timers alone.
[[nodiscard]] constexpr std::optional<SlaMetric> clocked_metric(TimerKind kind) {
  switch (kind) {
    case TimerKind::first_response: return SlaMetric::first_response;
    case TimerKind::next_update: return SlaMetric::next_update;
    case TimerKind::resolution: return SlaMetric::resolution;
    default: return std::nullopt;
  }
}

}  // namespace casetrail
