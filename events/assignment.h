// Who answers to the customer (the owner) and who works on the case (the assignee).
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/family.h"
#include "events/ids.h"
#include "events/party.h"
#include "events/timestamp.h"

namespace casetrail {

enum class OwnerBasis { first_contact, policy, lead };
constexpr auto enum_names(OwnerBasis) {
  return std::to_array<std::string_view>({"first_contact", "policy", "lead"});
}

enum class OwnerChangeReason { left_company, absence, customer_request, lead_decision };
constexpr auto enum_names(OwnerChangeReason) {
  return std::to_array<std::string_view>({"left_company", "absence", "customer_request", "lead_decision"});
}

enum class QueueReason { no_capacity, no_skill, out_of_hours, declined, expired, returned_to_queue };
constexpr auto enum_names(QueueReason) {
  return std::to_array<std::string_view>(
      {"no_capacity", "no_skill", "out_of_hours", "declined", "expired", "returned_to_queue"});
}

enum class AssignmentBasis { offer, push, pull, lead, imported };
constexpr auto enum_names(AssignmentBasis) {
  return std::to_array<std::string_view>({"offer", "push", "pull", "lead", "imported"});
}

enum class DeclineReason { no_skill, no_capacity, off_shift, conflict_of_interest, other };
constexpr auto enum_names(DeclineReason) {
  return std::to_array<std::string_view>(
      {"no_skill", "no_capacity", "off_shift", "conflict_of_interest", "other"});
}

enum class AssignmentExpiry { accept, start };
constexpr auto enum_names(AssignmentExpiry) { return std::to_array<std::string_view>({"accept", "start"}); }

/// The owner is accountable and never empty on an open case (A052).
struct OwnerDesignated {
  static constexpr std::string_view kType = "assignment.owner.designated";
  static constexpr int kVersion = 1;

  AgentId owner;
  OwnerBasis basis{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(owner), CEREAL_NVP(basis));
  }
};

struct OwnerChanged {
  static constexpr std::string_view kType = "assignment.owner.changed";
  static constexpr int kVersion = 1;

  AgentId from;
  AgentId to;
  OwnerChangeReason reason_code{};
  AgentId approved_by;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(from), CEREAL_NVP(to), CEREAL_NVP(reason_code), CEREAL_NVP(approved_by));
  }
};

struct AssignmentQueued {
  static constexpr std::string_view kType = "assignment.queued";
  static constexpr int kVersion = 1;

  QueueId queue_id;
  DepartmentId department_id;
  QueueReason reason{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(queue_id), CEREAL_NVP(department_id), CEREAL_NVP(reason));
  }
};

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

struct AssignmentOffered {
  static constexpr std::string_view kType = "assignment.offered";
  static constexpr int kVersion = 1;

  OfferId offer_id;
  AgentId agent_id;  ///< the chosen candidate
  DepartmentId department_id;
  std::vector<Candidate> candidates;
  std::string requirements;
  std::string cautions;
  Timestamp accept_by{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(offer_id), CEREAL_NVP(agent_id), CEREAL_NVP(department_id), CEREAL_NVP(candidates),
            CEREAL_NVP(requirements), CEREAL_NVP(cautions), CEREAL_NVP(accept_by));
  }
};

struct AssignmentAccepted {
  static constexpr std::string_view kType = "assignment.accepted";
  static constexpr int kVersion = 1;

  std::optional<OfferId> offer_id;  ///< absent: a pushed assignment was accepted
  AgentId agent_id;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(offer_id), CEREAL_NVP(agent_id));
  }
};

struct AssignmentDeclined {
  static constexpr std::string_view kType = "assignment.declined";
  static constexpr int kVersion = 1;

  std::optional<OfferId> offer_id;
  AgentId agent_id;
  DeclineReason reason_code{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(offer_id), CEREAL_NVP(agent_id), CEREAL_NVP(reason_code));
  }
};

struct AssignmentMade {
  static constexpr std::string_view kType = "assignment.made";
  static constexpr int kVersion = 1;

  AssignmentId assignment_id;
  std::optional<AgentId> agent_id;  ///< absent: the department has it, nobody in person yet
  DepartmentId department_id;
  std::optional<std::string> requirements;  ///< absent on imported facts alone
  std::optional<std::string> cautions;
  AssignmentBasis basis{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(assignment_id), CEREAL_NVP(agent_id), CEREAL_NVP(department_id),
            CEREAL_NVP(requirements), CEREAL_NVP(cautions), CEREAL_NVP(basis));
  }
};

/// Back to the queue.
struct AssignmentExpired {
  static constexpr std::string_view kType = "assignment.expired";
  static constexpr int kVersion = 1;

  std::optional<OfferId> offer_id;
  AgentId agent_id;
  AssignmentExpiry kind{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(offer_id), CEREAL_NVP(agent_id), CEREAL_NVP(kind));
  }
};

using AssignmentEvents = Family<OwnerDesignated, OwnerChanged, AssignmentQueued, AssignmentOffered,
                                AssignmentAccepted, AssignmentDeclined, AssignmentMade, AssignmentExpired>;
std::span<const TypeCodec> codecs(AssignmentEvents);

}  // namespace casetrail
