// Who shall answer to the customer and who shall work on the case. Who accepts, declines or starts is the
// actor.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/case/assignment_terms.h"
#include "events/wire/family.h"
#include "events/wire/ids.h"

namespace casetrail {

struct DesignateOwner {
  static constexpr std::string_view kType = "assignment.owner.designate";
  static constexpr int kVersion = 1;

  AgentId owner;
  OwnerBasis basis{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(owner), CEREAL_NVP(basis));
  }
};

struct ChangeOwner {
  static constexpr std::string_view kType = "assignment.owner.change";
  static constexpr int kVersion = 1;

  AgentId to;
  Code<OwnerChangeReason> reason_code{};
  std::optional<AgentId> approved_by;  ///< where the policy asks for no approval; absent: the actor

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(to), CEREAL_NVP(reason_code), CEREAL_NVP(approved_by));
  }
};

struct QueueCase {
  static constexpr std::string_view kType = "assignment.queue";
  static constexpr int kVersion = 1;

  QueueId queue_id;
  std::optional<DepartmentId> department_id;  ///< absent: by the policy's routing of the category
  QueueReason reason{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(queue_id), CEREAL_NVP(department_id), CEREAL_NVP(reason));
  }
};

struct OfferAssignment {
  static constexpr std::string_view kType = "assignment.offer";
  static constexpr int kVersion = 1;

  AgentId agent_id;
  DepartmentId department_id;
  std::optional<std::vector<Candidate>> candidates;  ///< the score table behind the choice
  std::string requirements;
  std::string cautions;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agent_id), CEREAL_NVP(department_id), CEREAL_NVP(candidates), CEREAL_NVP(requirements),
            CEREAL_NVP(cautions));
  }
};

struct AcceptAssignment {
  static constexpr std::string_view kType = "assignment.accept";
  static constexpr int kVersion = 1;

  std::optional<OfferId> offer_id;  ///< absent: whatever is offered or assigned to the actor

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(offer_id));
  }
};

struct DeclineAssignment {
  static constexpr std::string_view kType = "assignment.decline";
  static constexpr int kVersion = 1;

  std::optional<OfferId> offer_id;
  Code<DeclineReason> reason_code{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(offer_id), CEREAL_NVP(reason_code));
  }
};

/// With the basis `lead`, a lead takes a case that somebody works on and gives it to another one.
struct MakeAssignment {
  static constexpr std::string_view kType = "assignment.make";
  static constexpr int kVersion = 1;

  std::optional<AgentId> agent_id;  ///< absent: the department has it, nobody in person yet
  DepartmentId department_id;
  std::string requirements;
  std::string cautions;
  AssignmentBasis basis{};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(agent_id), CEREAL_NVP(department_id), CEREAL_NVP(requirements), CEREAL_NVP(cautions),
            CEREAL_NVP(basis));
  }
};

/// By the assignee, or by a lead who takes the case. It goes into a queue.
struct ReleaseAssignment {
  static constexpr std::string_view kType = "assignment.release";
  static constexpr int kVersion = 1;

  Code<ReleaseReason> reason_code{};
  std::optional<QueueId> queue_id;            ///< absent: the one named as the department
  std::optional<DepartmentId> department_id;  ///< absent: the one that has it

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(reason_code), CEREAL_NVP(queue_id), CEREAL_NVP(department_id));
  }
};

using AssignmentCommands = Family<DesignateOwner, ChangeOwner, QueueCase, OfferAssignment, AcceptAssignment,
                                  DeclineAssignment, MakeAssignment, ReleaseAssignment>;

}  // namespace casetrail
