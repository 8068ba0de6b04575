// What a projection does once for all its threads: its groups, its rebuilds, and the measure of its lag.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "workers/projection/projection.h"
#include "workers/projection/projection_group.h"
#include "workers/projection/projection_lag.h"

namespace casetrail {

/// `step` belongs to one thread, the rest is for any. `log` and `projection` outlive it.
class ProjectionControl {
 public:
  /// `node`: the name of this process's data folder; no other process has it.
  ProjectionControl(EventLog& log, Projection& projection, std::string node);

  /// Call it several times a second. It never waits for events; the log may take its time to answer. After an
  /// error the next step tries again.
  [[nodiscard]] LogResult<void> step(Timestamp now);

  [[nodiscard]] Projection& projection() const { return projection_; }
  /// Of the live copy, then of the one that is built; a row a partition.
  [[nodiscard]] std::vector<PartitionLag> lag(Timestamp now) const;
  /// What keeps a view from going on, or its lag from being true; a sentence each, with the remedy.
  [[nodiscard]] std::vector<std::string> problems() const;
  /// Why the membership is over for good and the process has to end; a sentence with the remedy.
  [[nodiscard]] std::optional<std::string> over() const;
  /// What the log said of the end of `partition`; nothing before it was heard of.
  [[nodiscard]] std::optional<HeardEnd> end(Partition partition) const;

 private:
  /// One a partition, where it is known.
  using Moments = std::vector<std::optional<Timestamp>>;

  [[nodiscard]] LogResult<void> measure(Timestamp now);
  [[nodiscard]] LogResult<void> lead_rebuild_group(Timestamp now, const ProjectionCopy* building);
  void add_lag(const ProjectionCopy& copy, const std::string& group, Timestamp now, const Moments& covered_at,
               std::vector<PartitionLag>& into) const;
  [[nodiscard]] std::string rebuild_group(CopyNumber copy) const;

  EventLog& log_;
  Projection& projection_;
  const std::string node_;
  ProjectionGroup live_group_;
  std::unique_ptr<ProjectionGroup> rebuild_group_;
  std::optional<Timestamp> measured_at_;

  mutable std::mutex mutex_;  ///< guards all below
  std::optional<std::string> intruder_;
  std::optional<std::string> over_;
  std::vector<std::optional<HeardEnd>> ends_;
  Moments covered_at_;  ///< when the log held nothing that the live copy does not have by now
};

}  // namespace casetrail
