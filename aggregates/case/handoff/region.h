// A handoff that is not over.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <string_view>

#include "events/case/handoff_terms.h"
#include "events/wire/ids.h"
#include "events/wire/party.h"
#include "events/wire/timestamp.h"

namespace casetrail {

/// pending: asked, and maybe expired; ruled: asked by a ruling, cannot be returned; working: accepted, not
/// yet reported back; disputed: returned as often as the policy allows, waits for a ruling while the giver
/// has the case
enum class HandoffPhase { pending, ruled, working, disputed };
constexpr auto enum_names(HandoffPhase) {
  return std::to_array<std::string_view>({"pending", "ruled", "working", "disputed"});
}

struct OpenHandoff {
  HandoffId handoff_id;
  HandoffPhase phase{};
  Party from;
  Party to;
  Timestamp started_at{};  ///< when it was asked for, ruled, returned when disputed, or accepted when working
  HandoffKind kind = HandoffKind::department;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(handoff_id), CEREAL_NVP(phase), CEREAL_NVP(from), CEREAL_NVP(to),
            CEREAL_NVP(started_at), CEREAL_NVP(kind));
  }
};

}  // namespace casetrail
