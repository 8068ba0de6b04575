// A review of the case.
#pragma once

#include <cereal/cereal.hpp>

#include "events/case/review_terms.h"
#include "events/wire/ids.h"

namespace casetrail {

struct ReviewRegion {
  ReviewId review_id;
  ReviewKind kind{};
  AgentId reviewer_id;
  AgentId agent_id;
  bool scored = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(kind), CEREAL_NVP(reviewer_id), CEREAL_NVP(agent_id),
            CEREAL_NVP(scored));
  }
};

}  // namespace casetrail
