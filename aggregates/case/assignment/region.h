// Who has a case, or is offered it, and where it waits.
#pragma once

#include <cereal/cereal.hpp>
#include <optional>

#include "events/wire/ids.h"

namespace casetrail {

/// Where a case waits for somebody to take it.
struct QueuePlace {
  QueueId queue_id;
  DepartmentId department_id;

  bool operator==(const QueuePlace&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(queue_id), CEREAL_NVP(department_id));
  }
};

/// Who works on the case, or is asked to.
struct AssignmentRegion {
  std::optional<DepartmentId> department_id;  ///< absent: nobody
  std::optional<AgentId> agent_id;
  std::optional<OfferId> offer_id;  ///< present while the offer is open
  bool accepted = false;
  std::optional<QueuePlace> queued =
      std::nullopt;  ///< present while it is queued and was not just opened again

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(department_id), CEREAL_NVP(agent_id), CEREAL_NVP(offer_id), CEREAL_NVP(accepted),
            CEREAL_NVP(queued));
  }
};

}  // namespace casetrail
