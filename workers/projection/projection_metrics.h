// The numbers of a projection for the exporter, under the names that it gives them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workers/storage/store_home.h"

namespace casetrail::projection {

/// Of stores, by `DiscardReason`.
using DiscardCounts = std::array<std::int64_t, enum_names(storage::DiscardReason{}).size()>;

/// Sums over the partitions, unless they say otherwise; `_total` counts since the rows were begun.
struct ProjectionMetrics {
  std::string worker;
  std::vector<std::string> views;
  std::int64_t applied_events_total = 0;  ///< casetrail_projection_applied_events_total
  std::int64_t foreign_records_total = 0;
  std::int64_t damaged_records_total = 0;
  std::int64_t repeated_events_total = 0;
  std::int64_t sequence_gaps_total = 0;
  std::int64_t closed_cases = 0;
  std::int64_t ignored_events_total = 0;
  std::int64_t quarantined_records_total = 0;
  std::int64_t stray_events_total = 0;
  std::optional<std::int64_t> lag_events;     ///< absent when that of a partition is not known
  std::optional<double> lag_seconds;          ///< the largest; absent likewise
  std::optional<double> log_end_age_seconds;  ///< since the end was last heard of: the largest
  std::int64_t stopped_partitions = 0;
  std::int64_t kept_copies = 0;          ///< for boards of the past
  std::int64_t kept_copies_bytes = 0;    ///< that no live store takes
  std::int64_t failed_copies_total = 0;  ///< since the start
  DiscardCounts discarded_stores{};  ///< casetrail_projection_discarded_stores_total{reason}, since the start
  std::optional<double>
      rebuild_progress_ratio;  ///< casetrail_projection_rebuild_progress_ratio, while one runs
};

}  // namespace casetrail::projection
