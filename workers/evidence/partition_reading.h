// Reads a stretch of one partition of the events.
#pragma once

#include <functional>
#include <span>

#include "workers/log/event_log.h"

namespace casetrail::evidence {

/// Told each batch of records, and the offset behind it.
using OnRecords = std::function<void(std::span<const log::Record> records, log::Offset position)>;

/// From `from` to before `end`, which is committed. Fails with `unavailable` when nothing comes for as long
/// as `patience`.
[[nodiscard]] log::LogResult<void> read_partition(log::EventLog& log, log::Partition partition,
                                                  log::Offset from, log::Offset end, Duration patience,
                                                  const OnRecords& on_records);

}  // namespace casetrail::evidence
