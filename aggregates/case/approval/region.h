// What second persons were asked, and what they said.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "events/case/approval_terms.h"
#include "events/wire/ids.h"

namespace casetrail {

struct ApprovalRegion {
  ApprovalId approval_id;
  Code<ApprovalSubject> subject{};
  std::optional<std::string> about = {};
  std::optional<std::int64_t> amount_minor = {};
  AgentId requested_by = {};
  std::optional<bool> granted = {};        ///< absent: not decided yet
  std::optional<AgentId> decided_by = {};  ///< likewise
  bool used = false;                       ///< what it was asked for was done

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval_id), CEREAL_NVP(subject), CEREAL_NVP(about), CEREAL_NVP(amount_minor),
            CEREAL_NVP(requested_by), CEREAL_NVP(granted), CEREAL_NVP(decided_by), CEREAL_NVP(used));
  }
};

}  // namespace casetrail
