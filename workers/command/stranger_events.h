// Events that somebody else wrote under this engine's name, among those of a partition's one writer.
#pragma once

#include <span>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail {

/// From `first` to before `end`.
struct OffsetRange {
  Offset first;
  Offset end;
};

/// The records of `range` that carry the writer's mark and are none of `own`, which its writer appended
/// there, in this order. Without those of a newer version: every reader stops at them. Waits for the log.
[[nodiscard]] LogResult<std::vector<Outgoing>> strangers_among(EventLog& log, Partition partition,
                                                               OffsetRange range,
                                                               std::span<const Outgoing> own);

}  // namespace casetrail
