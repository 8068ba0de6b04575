// A log whose events are linked as they are written: whoever is above it sees none of that.
#pragma once

#include <memory>
#include <optional>

#include "workers/evidence/head_keeper.h"
#include "workers/log/event_log.h"

namespace casetrail::evidence {

/// Gives each event of ours that is committed through it the link behind the last one of its partition, in
/// the order in which they are committed. With `signing` it signs now and then how far they go, and when it
/// ends.
[[nodiscard]] std::unique_ptr<log::EventLog> chain_log(std::shared_ptr<log::EventLog> log,
                                                       std::optional<HeadSigning> signing = std::nullopt);

}  // namespace casetrail::evidence
