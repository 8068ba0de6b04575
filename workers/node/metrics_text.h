// The engine's counters in Prometheus's text format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "projections/kit/view.h"
#include "workers/api/letter_book.h"
#include "workers/api/metrics_answer.h"
#include "workers/api/traffic.h"
#include "workers/command/command_partition.h"
#include "workers/command/metrics.h"
#include "workers/evidence/head_keeper.h"
#include "workers/log/partition_lag.h"
#include "workers/node/memory_plan.h"
#include "workers/projection/projection_metrics.h"
#include "workers/storage/rocks_store.h"

namespace casetrail::node {

struct DiskFigures {
  std::optional<std::uintmax_t>
      free;                    ///< bytes of the data folder's file system; nothing when it cannot be asked
  std::uintmax_t reserve = 0;  ///< bytes that the embedded log leaves free
};

struct EngineFigures {
  Timestamp now;
  const command::CommandMetrics* commands;  ///< nothing of who decides none
  const std::vector<command::PartitionStatus>& partitions;
  const std::vector<log::PartitionLag>& command_lag;
  const std::vector<projection::ProjectionMetrics>& projections;
  const std::vector<log::PartitionLag>& view_lag;
  const std::vector<kit::Sample>& view_samples;  ///< those of one name one after the other
  const storage::StorageMemory& stores;
  const MemoryPlan& memory;
  const api::Traffic& traffic;
  std::optional<api::LetterCounts> letters;  ///< nothing: the log did not say
  DiskFigures disk;
  Duration clock_leap{0};                        ///< see `TrustedClock::leap`
  const evidence::HeadFigures* heads = nullptr;  ///< nothing: none are signed
  std::optional<Timestamp> certificate_end{};    ///< nothing: the server speaks no TLS
};

[[nodiscard]] std::string metrics_text(const EngineFigures& figures);
/// The same without histograms.
[[nodiscard]] api::MetricsAnswer metrics_answer(const EngineFigures& figures);

}  // namespace casetrail::node
