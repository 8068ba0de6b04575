// The terms of timers and promises: what its events, commands and states are told in.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

#include "events/wire/code.h"
#include "events/wire/ids.h"

namespace casetrail {

enum class TimerKind {
  first_response,
  acceptance,
  next_update,
  resolution,
  handoff_accept,
  handoff_complete,
  suspension_review,
  complaint_accept,
  confirmation_window,
  callback_due,
  info_answer,
  agreement_due,
  return_inspection,
  visit_due,
  complaint_appeal
};
constexpr auto enum_names(TimerKind) {
  return std::to_array<std::string_view>(
      {"first_response", "acceptance", "next_update", "resolution", "handoff_accept", "handoff_complete",
       "suspension_review", "complaint_accept", "confirmation_window", "callback_due", "info_answer",
       "agreement_due", "return_inspection", "visit_due", "complaint_appeal"});
}

enum class SlaMetric {
  first_response,
  next_update,
  resolution,
  handoff_accept,
  handoff_complete,
  complaint_accept,
  complaint_appeal
};
constexpr auto enum_names(SlaMetric) {
  return std::to_array<std::string_view>({"first_response", "next_update", "resolution", "handoff_accept",
                                          "handoff_complete", "complaint_accept", "complaint_appeal"});
}

enum class EscalationKind { functional, hierarchical };
constexpr auto enum_names(EscalationKind) {
  return std::to_array<std::string_view>({"functional", "hierarchical"});
}

/// Why a breach is not held against anybody.
enum class ExcuseReason { force_majeure, system_outage, vendor, customer, wrong_priority, other };
constexpr auto enum_names(ExcuseReason) {
  return std::to_array<std::string_view>(
      {"force_majeure", "system_outage", "vendor", "customer", "wrong_priority", "other"});
}
constexpr std::string_view catalogue_name(ExcuseReason) { return "excuse"; }

struct SlaTarget {
  SlaMetric metric{};
  std::int64_t business_ms = 0;        ///< of business time in the calendar
  std::optional<CalendarId> calendar;  ///< absent: every hour counts

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(metric), CEREAL_NVP(business_ms), CEREAL_NVP(calendar));
  }
};

}  // namespace casetrail
