// One thread's share of a projection: feeds its partitions of the live copy, and of the one beside it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "workers/projection/projection.h"
#include "workers/projection/projection_feed.h"

namespace casetrail::projection {

/// Belongs to one thread. `log` and `projection` outlive it.
class ProjectionWorker {
 public:
  /// `wait`: how long a step waits for the next event at most.
  ProjectionWorker(log::EventLog& log, Projection& projection, std::size_t index,
                   Duration wait = std::chrono::milliseconds(100));

  /// Takes what the log has, at least once through everything that is at hand. Waits only in the log, and not
  /// while it is behind. After an error the next step goes on where this one stopped.
  [[nodiscard]] log::LogResult<void> step(Timestamp now);

 private:
  void follow(const Projection::Copies& copies);
  void take_snapshots();
  [[nodiscard]] log::LogResult<void> catch_up_and_arrive(Timestamp now);

  log::EventLog& log_;
  Projection& projection_;
  const std::size_t index_;
  const Duration wait_;
  std::vector<log::Partition> mine_;
  std::unique_ptr<ProjectionFeed> live_;
  std::unique_ptr<ProjectionFeed> building_;
  /// Of live partitions, for which the copy has yet to come as far. Null: handed over.
  std::map<log::Partition, std::unique_ptr<storage::StoreView>> snapshots_;
  bool arrived_ = false;
};

}  // namespace casetrail::projection
