// How far a complaint is, and what was found.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "events/case/complaint_terms.h"
#include "events/wire/ids.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// closed, declined and withdrawn are its three ends
enum class ComplaintPhase {
  none,
  lodged,
  accepted,
  cause_determined,
  attributed,
  closed,
  declined,
  withdrawn
};
constexpr auto enum_names(ComplaintPhase) {
  return std::to_array<std::string_view>(
      {"none", "lodged", "accepted", "cause_determined", "attributed", "closed", "declined", "withdrawn"});
}

/// Lodged, and not at one of its ends.
constexpr bool is_open(ComplaintPhase phase) {
  return phase >= ComplaintPhase::lodged && phase <= ComplaintPhase::attributed;
}

enum class ResponsibilityPhase { attributed, disputed, settled };
constexpr auto enum_names(ResponsibilityPhase) {
  return std::to_array<std::string_view>({"attributed", "disputed", "settled"});
}

/// What was found since the complaint was lodged or, later, appealed.
struct ComplaintFindings {
  std::optional<ComplaintAssessment> assessment = {};
  std::optional<Code<ComplaintSeverity>> severity = {};
  std::optional<Code<ComplaintAbout>> category = {};
  std::optional<AgentId> assessed_by = {};
  std::optional<Timestamp> appeal_until = {};  ///< present once the customer was told the decision
  std::optional<AgentId> decided_before = {};  ///< who made the decision that was appealed
  std::vector<ResponsibilityShare> shares = {};
  std::optional<AgentId> attributed_by = {};
  std::optional<ResponsibilityPhase> responsibility = {};  ///< absent: nobody was named yet

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(assessment), CEREAL_NVP(severity), CEREAL_NVP(category), CEREAL_NVP(assessed_by),
            CEREAL_NVP(appeal_until), CEREAL_NVP(decided_before), CEREAL_NVP(shares),
            CEREAL_NVP(attributed_by), CEREAL_NVP(responsibility));
  }
};

}  // namespace casetrail
