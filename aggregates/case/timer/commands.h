// What people say about a breach and an escalation.
#pragma once

#include <cereal/cereal.hpp>
#include <optional>
#include <string_view>

#include "events/case/timer_terms.h"
#include "events/case/work_terms.h"
#include "events/wire/family.h"

namespace casetrail {

/// By a lead, and not by who had the case when it was missed. Of the last miss of that metric.
struct ExcuseSla {
  static constexpr std::string_view kType = "sla.excuse";
  static constexpr int kVersion = 1;

  SlaMetric metric{};
  Code<ExcuseReason> reason_code{};
  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(metric), CEREAL_NVP(reason_code), CEREAL_NVP(pii));
  }
};

/// By a lead, or somebody in a role to which the case was escalated.
struct AcknowledgeEscalation {
  static constexpr std::string_view kType = "escalation.acknowledge";
  static constexpr int kVersion = 1;

  std::optional<WorkText> pii;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(pii));
  }
};

using TimerCommands = Family<ExcuseSla, AcknowledgeEscalation>;

}  // namespace casetrail
