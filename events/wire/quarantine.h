// An operator's word that every reader passes over one record of casetrail.events: a fact in the log.
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "events/wire/message.h"

namespace casetrail {

struct Quarantine {
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::string reason;
  Timestamp at{};

  bool operator==(const Quarantine&) const = default;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(partition), CEREAL_NVP(offset), CEREAL_NVP(reason), CEREAL_NVP(at));
  }
};

/// A record of casetrail.policy, which every reader knows before it reads its first event. There it takes the
/// number of a policy version and decides nothing.
[[nodiscard]] Message write_quarantine(const Quarantine& quarantine);

/// Whether a record of casetrail.policy is no policy but a quarantine, readable or not.
[[nodiscard]] bool is_quarantine(const MessageView& message);
/// Nothing when it is none that can be read.
[[nodiscard]] std::optional<Quarantine> read_quarantine(const MessageView& message);

}  // namespace casetrail
