// A case as it happened, and beside it as it would have gone under another policy.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "aggregates/policy/policy.h"
#include "events/case/case_event.h"
#include "workers/whatif/command_again.h"

namespace casetrail::whatif {

/// A fact that the other policy would have refused. It is kept as it happened, so that what follows it has
/// its ground, unless the case is closed by then.
struct RefusedFact {
  std::int64_t seq = 0;  ///< of its first event
  std::string type;      ///< of that event
  std::string code;
  std::string sentence;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(seq), CEREAL_NVP(type), CEREAL_NVP(code), CEREAL_NVP(sentence));
  }
};

struct Courses {
  std::vector<CaseEvent> happened;
  std::vector<CaseEvent> other;
  std::vector<RefusedFact> refused;
  std::int64_t decided = 0;     ///< decisions that were made again
  std::int64_t taken_over = 0;  ///< decisions that this version does not make again: as they happened
  std::int64_t imported = 0;    ///< facts from elsewhere: as they happened
};

/// The policy of a version.
using PolicyOf = std::function<const Policy&(std::int32_t version)>;

/// Decides `events`, all of one case, again. What people and other systems did happens when it happened;
/// what follows of itself (timers, escalations, callbacks, closings) comes from `other` until `until`. A
/// timer that runs in both courses fires when it fired.
[[nodiscard]] Courses decide_again(std::span<const CaseEvent> events, const PolicyOf& policy_of,
                                   const Policy& other, Timestamp until, CommandsAgain& commands);

}  // namespace casetrail::whatif
