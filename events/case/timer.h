// Promises with a due time. Due times are computed when decided and recorded; on replay nothing fires.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/timer_terms.h"
#include "events/case/work_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

struct SlaAttached {
  static constexpr std::string_view kType = "sla.attached";
  static constexpr int kVersion = 1;

  std::string sla_id;
  std::vector<SlaTarget> targets;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(sla_id), CEREAL_NVP(targets));
  }
};

struct SlaTargetMet {
  static constexpr std::string_view kType = "sla.target.met";
  static constexpr int kVersion = 1;

  SlaMetric metric{};
  std::int64_t elapsed_business_ms = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(metric), CEREAL_NVP(elapsed_business_ms));
  }
};

struct SlaTargetMissed {
  static constexpr std::string_view kType = "sla.target.missed";
  static constexpr int kVersion = 1;

  SlaMetric metric{};
  Timestamp due_at{};
  std::optional<Party> responsible;  ///< at expiry

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(metric), CEREAL_NVP(due_at), CEREAL_NVP(responsible));
  }
};

/// A miss that is not held against anybody. It stays a miss, and is counted apart.
struct SlaExcused {
  static constexpr std::string_view kType = "sla.excused";
  static constexpr int kVersion = 1;

  SlaMetric metric{};
  Timestamp due_at{};  ///< of the miss
  Code<ExcuseReason> reason_code{};
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(metric), CEREAL_NVP(due_at), CEREAL_NVP(reason_code), CEREAL_NVP(pii));
  }
};

/// What was promised is done at last, after it was missed.
struct SlaTargetCompletedLate {
  static constexpr std::string_view kType = "sla.target.completed_late";
  static constexpr int kVersion = 1;

  SlaMetric metric{};
  std::int64_t elapsed_business_ms = 0;
  std::int64_t target_business_ms = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(metric), CEREAL_NVP(elapsed_business_ms), CEREAL_NVP(target_business_ms));
  }
};

struct TimerSet {
  static constexpr std::string_view kType = "timer.set";
  static constexpr int kVersion = 1;

  TimerId timer_id;
  TimerKind kind{};
  Timestamp due_at{};
  std::optional<CalendarId> calendar;
  std::optional<Timestamp> warn_at;  ///< before `due_at`, when the policy warns
  std::optional<std::int32_t> warn_percent;
  std::optional<std::int64_t> target_business_ms;   ///< of an SLA target; absent: promised for a moment
  std::optional<std::int64_t> counted_business_ms;  ///< of the target, used before

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(timer_id), CEREAL_NVP(kind), CEREAL_NVP(due_at), CEREAL_NVP(calendar),
            CEREAL_NVP(warn_at), CEREAL_NVP(warn_percent), CEREAL_NVP(target_business_ms),
            CEREAL_NVP(counted_business_ms));
  }
};

struct TimerPaused {
  static constexpr std::string_view kType = "timer.paused";
  static constexpr int kVersion = 1;

  TimerId timer_id;
  std::int64_t remaining_business_ms = 0;           ///< 0 when it was missed
  std::optional<std::int64_t> counted_business_ms;  ///< of an SLA target, used until now

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(timer_id), CEREAL_NVP(remaining_business_ms), CEREAL_NVP(counted_business_ms));
  }
};

struct TimerResumed {
  static constexpr std::string_view kType = "timer.resumed";
  static constexpr int kVersion = 1;

  TimerId timer_id;
  Timestamp due_at{};  ///< in the past when it was missed
  std::optional<Timestamp> warn_at;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(timer_id), CEREAL_NVP(due_at), CEREAL_NVP(warn_at));
  }
};

struct TimerWarned {
  static constexpr std::string_view kType = "timer.warned";
  static constexpr int kVersion = 1;

  TimerId timer_id;
  std::int32_t threshold_percent = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(timer_id), CEREAL_NVP(threshold_percent));
  }
};

/// `fired_at` may be late, `due_at` never is.
struct TimerExpired {
  static constexpr std::string_view kType = "timer.expired";
  static constexpr int kVersion = 1;

  TimerId timer_id;
  TimerKind kind{};
  Timestamp due_at{};
  Timestamp fired_at{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(timer_id), CEREAL_NVP(kind), CEREAL_NVP(due_at), CEREAL_NVP(fired_at));
  }
};

struct TimerCleared {
  static constexpr std::string_view kType = "timer.cleared";
  static constexpr int kVersion = 1;

  TimerId timer_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(timer_id));
  }
};

struct EscalationTriggered {
  static constexpr std::string_view kType = "escalation.triggered";
  static constexpr int kVersion = 1;

  std::int32_t level = 1;  ///< 1 is the team lead
  EscalationKind kind{};
  TimerKind cause{};
  std::vector<std::string> to;  ///< roles

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(level), CEREAL_NVP(kind), CEREAL_NVP(cause), CEREAL_NVP(to));
  }
};

/// Somebody to whom the case was escalated has seen it: its escalations until now are not open any more.
struct EscalationAcknowledged {
  static constexpr std::string_view kType = "escalation.acknowledged";
  static constexpr int kVersion = 1;

  std::int32_t level = 1;  ///< the highest of them
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(level), CEREAL_NVP(pii));
  }
};

using TimerEvents = Family<SlaAttached, SlaTargetMet, SlaTargetMissed, SlaTargetCompletedLate, TimerSet,
                           TimerPaused, TimerResumed, TimerWarned, TimerExpired, TimerCleared,
                           EscalationTriggered, SlaExcused, EscalationAcknowledged>;

}  // namespace casetrail
