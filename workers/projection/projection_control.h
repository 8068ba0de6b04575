// What a projection does once for all its threads: its groups, its rebuilds, and the measure of its lag.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "workers/log/partition_lag.h"
#include "workers/projection/projection.h"
#include "workers/projection/projection_group.h"

namespace casetrail::projection {

/// What the log said of one partition of events.
struct HeardEnd {
  log::Offset high = 0;
  log::Offset handled = -1;  ///< commands below it were handled, their events lie below `high`; -1: unknown
};

/// `step` belongs to one thread, the rest is for any. `log` and `projection` outlive it.
class ProjectionControl {
 public:
  /// `node`: the name of this process's data folder; no other process has it.
  ProjectionControl(log::EventLog& log, Projection& projection, std::string node);

  /// Call it several times a second. It never waits for events; the log may take its time to answer. After an
  /// error the next step tries again.
  [[nodiscard]] log::LogResult<void> step(Timestamp now);

  [[nodiscard]] Projection& projection() const { return projection_; }
  /// Of the live copy, then of the one that is built; a row a partition.
  [[nodiscard]] std::vector<log::PartitionLag> lag(Timestamp now) const;
  /// What keeps a view from going on, or its lag from being true.
  [[nodiscard]] std::vector<log::Reason> problems() const;
  /// Why the membership is over for good and the process has to end; a sentence with the remedy.
  [[nodiscard]] std::optional<std::string> over() const;
  /// What the log said of the end of `partition`; nothing before it was heard of.
  [[nodiscard]] std::optional<HeardEnd> end(log::Partition partition) const;

 private:
  /// Of one copy, a partition each; nothing where the end was not heard of.
  using Measured = std::vector<std::optional<log::MeasuredLag>>;

  [[nodiscard]] log::LogResult<void> measure(Timestamp now);
  [[nodiscard]] log::LogResult<void> lead_rebuild_group(Timestamp now, const ProjectionCopy* building);
  [[nodiscard]] std::vector<log::PartitionLag> lag_of(const ProjectionCopy& copy, const std::string& group,
                                                      Timestamp now) const;
  [[nodiscard]] std::string rebuild_group(CopyNumber copy) const;

  log::EventLog& log_;
  Projection& projection_;
  const std::string node_;
  ProjectionGroup live_group_;
  std::unique_ptr<ProjectionGroup> rebuild_group_;
  Timestamp measured_at_{};
  std::pair<CopyNumber, CopyNumber>
      measured_copies_{};  ///< the live one, and the one that was built; 0: none

  mutable std::mutex mutex_;  ///< guards all below
  std::optional<std::string> intruder_;
  std::optional<std::string> over_;
  std::vector<std::optional<HeardEnd>> ends_;
  std::vector<log::EndHistory> histories_;  ///< of the live copy's partitions
  std::map<CopyNumber, Measured> measured_;
};

}  // namespace casetrail::projection
