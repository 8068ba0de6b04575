// One whole copy of a projection: every partition with its store. One is live; another may be built beside
// it.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "workers/projection/copy_storage.h"
#include "workers/projection/projection_partition.h"

namespace casetrail::projection {

struct DiscardedStore {
  log::Partition partition;
  storage::Discarded found;
};

/// Shared by the threads that feed its partitions, each its own, and by those that read.
class ProjectionCopy {
 public:
  using Partitions = std::vector<std::unique_ptr<ProjectionPartition>>;

  ProjectionCopy(CopyNumber number, ViewVersions versions, Partitions partitions)
      : number_(number), versions_(std::move(versions)), partitions_(std::move(partitions)) {}

  /// Opens `number`, made empty where it is not there, and holds it against the log. A store that does not
  /// fit is begun anew: that costs time, never data; `discarded` takes why. An error is a sentence.
  [[nodiscard]] static std::expected<std::shared_ptr<ProjectionCopy>, std::string> open(
      log::EventLog& log, CopyStorage& storage, const ProjectionType& type, CopyNumber number,
      std::vector<DiscardedStore>& discarded);

  [[nodiscard]] CopyNumber number() const { return number_; }
  /// Of its rows: an old copy keeps the versions that it was built with.
  [[nodiscard]] const ViewVersions& versions() const { return versions_; }
  [[nodiscard]] const Partitions& partitions() const { return partitions_; }
  [[nodiscard]] ProjectionPartition& partition(log::Partition number) const {
    return *partitions_.at(static_cast<std::size_t>(number));
  }

 private:
  CopyNumber number_;
  ViewVersions versions_;
  Partitions partitions_;
};

}  // namespace casetrail::projection
