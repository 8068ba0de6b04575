// Reads a stretch of one partition.
#pragma once

#include <functional>
#include <span>

#include "workers/log/event_log.h"

namespace casetrail::evidence {

/// Told each batch of records, and the offset behind it.
using OnRecords = std::function<void(std::span<const log::Record> records, log::Offset position)>;

struct Stretch {
  log::Topic topic;
  log::Partition partition;
  log::Offset from;
  log::Offset end;  ///< behind the last one, which is committed
};

/// Fails with `unavailable` when nothing comes for as long as `patience`.
[[nodiscard]] log::LogResult<void> read_partition(log::EventLog& log, const Stretch& stretch,
                                                  Duration patience, const OnRecords& on_records);

}  // namespace casetrail::evidence
