// The terms of assignments and owners: what its events, commands and states are told in.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <string_view>

#include "events/wire/code.h"
#include "events/wire/ids.h"

namespace casetrail {

enum class OwnerBasis { first_contact, policy, lead };
constexpr auto enum_names(OwnerBasis) {
  return std::to_array<std::string_view>({"first_contact", "policy", "lead"});
}

enum class OwnerChangeReason { left_company, absence, customer_request, lead_decision, other };
constexpr auto enum_names(OwnerChangeReason) {
  return std::to_array<std::string_view>(
      {"left_company", "absence", "customer_request", "lead_decision", "other"});
}
constexpr std::string_view catalogue_name(OwnerChangeReason) { return "owner_change"; }

enum class QueueReason {
  no_capacity,
  no_skill,
  out_of_hours,
  declined,
  expired,
  returned_to_queue,
  released
};
constexpr auto enum_names(QueueReason) {
  return std::to_array<std::string_view>(
      {"no_capacity", "no_skill", "out_of_hours", "declined", "expired", "returned_to_queue", "released"});
}

/// Why somebody has a case no longer.
enum class ReleaseReason { absence, no_capacity, no_skill, shift_end, lead_decision, other };
constexpr auto enum_names(ReleaseReason) {
  return std::to_array<std::string_view>(
      {"absence", "no_capacity", "no_skill", "shift_end", "lead_decision", "other"});
}
constexpr std::string_view catalogue_name(ReleaseReason) { return "release"; }

enum class AssignmentBasis { offer, push, pull, lead, imported };
constexpr auto enum_names(AssignmentBasis) {
  return std::to_array<std::string_view>({"offer", "push", "pull", "lead", "imported"});
}

enum class DeclineReason { no_skill, no_capacity, off_shift, conflict_of_interest, other };
constexpr auto enum_names(DeclineReason) {
  return std::to_array<std::string_view>(
      {"no_skill", "no_capacity", "off_shift", "conflict_of_interest", "other"});
}
constexpr std::string_view catalogue_name(DeclineReason) { return "decline"; }

enum class AssignmentExpiry { accept, start };
constexpr auto enum_names(AssignmentExpiry) { return std::to_array<std::string_view>({"accept", "start"}); }

/// One row of the score table: why this agent and not that one.
struct Candidate {
  AgentId agent_id;
  double skill_score = 0;  ///< 0 to 1
  double experience = 0;   ///< 0 to 1
  double load = 0;         ///< 0 (idle) to 1 (full)
  double score = 0;        ///< weighted by the policy

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agent_id), CEREAL_NVP(skill_score), CEREAL_NVP(experience), CEREAL_NVP(load),
            CEREAL_NVP(score));
  }
};

}  // namespace casetrail
