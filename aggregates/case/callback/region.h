// A callback and how far it is.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/case/callback_terms.h"
#include "events/wire/ids.h"
#include "events/wire/timestamp.h"

namespace casetrail {

enum class CallbackPhase { scheduled, completed, refused, exhausted, waived, canceled };
constexpr auto enum_names(CallbackPhase) {
  return std::to_array<std::string_view>(
      {"scheduled", "completed", "refused", "exhausted", "waived", "canceled"});
}

struct CallbackRegion {
  CallbackId callback_id;
  Code<CallbackPurpose> purpose{};
  CallbackPhase phase{};
  std::int32_t cycle_no = 1;  ///< of the case when it was scheduled
  std::int32_t attempts = 0;
  Timestamp scheduled_at{};
  Timestamp not_before{};
  std::string tz;                                ///< of the customer
  std::optional<bool> satisfied = std::nullopt;  ///< by the customer's answer
  bool routed = false;
  std::optional<AgentId> agent_id = std::nullopt;  ///< who is to call
  bool required_before_close = false;
  std::optional<Timestamp> last_attempt_at = std::nullopt;
  bool connected = false;              ///< an attempt reached the customer
  bool of_earlier_resolution = false;  ///< it ended before the last one
  bool taken_on = false;  ///< what dissatisfied the customer lives on: in another case, or in this one

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(callback_id), CEREAL_NVP(purpose), CEREAL_NVP(phase), CEREAL_NVP(cycle_no),
            CEREAL_NVP(attempts), CEREAL_NVP(scheduled_at), CEREAL_NVP(not_before), CEREAL_NVP(tz),
            CEREAL_NVP(satisfied), CEREAL_NVP(routed), CEREAL_NVP(taken_on), CEREAL_NVP(agent_id),
            CEREAL_NVP(required_before_close), CEREAL_NVP(last_attempt_at), CEREAL_NVP(connected),
            CEREAL_NVP(of_earlier_resolution));
  }
};

}  // namespace casetrail
