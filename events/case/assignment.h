// Who answers to the customer (the owner) and who works on the case (the assignee).
#pragma once

#include <cereal/cereal.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/assignment_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

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
  Code<OwnerChangeReason> reason_code{};
  AgentId approved_by;
  std::optional<ApprovalId> approval_id = {};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(from), CEREAL_NVP(to), CEREAL_NVP(reason_code), CEREAL_NVP(approved_by),
            CEREAL_NVP(approval_id));
  }
};

struct AssignmentQueued {
  static constexpr std::string_view kType = "assignment.queued";
  static constexpr int kVersion = 1;

  QueueId queue_id;
  DepartmentId department_id;
  QueueReason reason{};
  std::optional<bool> still_waiting = {};  ///< true where the case goes on waiting for the customer or a date

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(queue_id), CEREAL_NVP(department_id), CEREAL_NVP(reason), CEREAL_NVP(still_waiting));
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
  Code<DeclineReason> reason_code{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(offer_id), CEREAL_NVP(agent_id), CEREAL_NVP(reason_code));
  }
};

struct AssignmentMade {
  static constexpr std::string_view kType = "assignment.made";
  static constexpr int kVersion = 1;

  AssignmentId assignment_id;
  std::optional<AgentId> agent_id;  ///< absent: the department has it, no person yet
  DepartmentId department_id;
  std::optional<std::string> requirements;  ///< absent on imported facts alone
  std::optional<std::string> cautions;
  AssignmentBasis basis{};
  std::optional<bool> still_waiting;  ///< for the customer, or suspended, as under the assignee before

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(assignment_id), CEREAL_NVP(agent_id), CEREAL_NVP(department_id),
            CEREAL_NVP(requirements), CEREAL_NVP(cautions), CEREAL_NVP(basis), CEREAL_NVP(still_waiting));
  }
};

/// Whether the case was accepted with it: by the agent who took it, elsewhere, or under the assignee before.
[[nodiscard]] inline bool is_accepted(const AssignmentMade& event) {
  return event.basis == AssignmentBasis::pull || event.basis == AssignmentBasis::imported ||
         event.still_waiting.value_or(false);
}

/// Nobody has the case any more; where it goes is told by what follows.
struct AssignmentReleased {
  static constexpr std::string_view kType = "assignment.released";
  static constexpr int kVersion = 1;

  DepartmentId department_id;  ///< that had it
  std::optional<AgentId> agent_id;
  Code<ReleaseReason> reason_code{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(department_id), CEREAL_NVP(agent_id), CEREAL_NVP(reason_code));
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

using AssignmentEvents =
    Family<OwnerDesignated, OwnerChanged, AssignmentQueued, AssignmentOffered, AssignmentAccepted,
           AssignmentDeclined, AssignmentMade, AssignmentExpired, AssignmentReleased>;

}  // namespace casetrail
