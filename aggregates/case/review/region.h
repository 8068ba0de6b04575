// A review of the case.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "events/case/review_terms.h"
#include "events/wire/ids.h"

namespace casetrail {

enum class ReviewDispute { open, settled };
constexpr auto enum_names(ReviewDispute) { return std::to_array<std::string_view>({"open", "settled"}); }

struct ReviewRegion {
  ReviewId review_id;
  ReviewKind kind{};
  std::optional<AgentId> reviewer_id;  ///< absent: it was drawn, and nobody is to make it yet
  AgentId agent_id;
  bool scored = false;
  std::optional<Scorecard> scorecard = {};     ///< by which it was scored
  std::optional<ReviewDispute> dispute = {};   ///< absent: nobody disputed the score
  std::optional<SampleOrigin> drawn = {};      ///< present until a reviewer is named
  std::optional<ReviewCard> card = {};         ///< by which it is judged; absent: by the policy's
  std::optional<std::int64_t> drawn_seq = {};  ///< the event with which it was drawn
  std::optional<DepartmentId> department_id = {};
  std::optional<std::int64_t> as_of_seq = {};  ///< the last event that its reviewer looks at
  std::vector<ScoreItem> items = {};           ///< the score that stands
  std::optional<ReviewId> calibrates = {};     ///< of which it is the second look
  bool settled = false;                        ///< against the one that it calibrates

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(review_id), CEREAL_NVP(kind), CEREAL_NVP(reviewer_id), CEREAL_NVP(agent_id),
            CEREAL_NVP(scored), CEREAL_NVP(scorecard), CEREAL_NVP(dispute), CEREAL_NVP(drawn),
            CEREAL_NVP(card), CEREAL_NVP(drawn_seq), CEREAL_NVP(department_id), CEREAL_NVP(as_of_seq),
            CEREAL_NVP(items), CEREAL_NVP(calibrates), CEREAL_NVP(settled));
  }
};

}  // namespace casetrail
