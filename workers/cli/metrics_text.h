// The engine's counters in Prometheus's text format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workers/cli/memory_plan.h"
#include "workers/command/command_partition.h"
#include "workers/command/metrics.h"
#include "workers/log/partition_lag.h"
#include "workers/projection/projection_metrics.h"
#include "workers/storage/rocks_store.h"

namespace casetrail {

struct DiskFigures {
  std::optional<std::uintmax_t>
      free;                    ///< bytes of the data folder's file system; nothing when it cannot be asked
  std::uintmax_t reserve = 0;  ///< bytes that the embedded log leaves free
};

struct EngineFigures {
  const CommandMetrics& commands;
  const std::vector<PartitionStatus>& partitions;
  const std::vector<PartitionLag>& command_lag;
  const std::vector<ProjectionMetrics>& projections;
  const std::vector<PartitionLag>& view_lag;
  const StorageMemory& stores;
  const MemoryPlan& memory;
  DiskFigures disk;
  Duration clock_leap{0};  ///< see `TrustedClock::leap`
};

[[nodiscard]] std::string metrics_text(const EngineFigures& figures);

}  // namespace casetrail
