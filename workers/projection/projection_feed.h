// Brings the log to some partitions of one copy: a reader of its own, and batches that grow while it is
// behind.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "workers/log/event_log.h"
#include "workers/log/policy_tail.h"
#include "workers/projection/projection_copy.h"

namespace casetrail::projection {

/// Belongs to one thread.
class ProjectionFeed {
 public:
  /// `mine`: the partitions that nobody else feeds. A batch ends at `batch_events`.
  ProjectionFeed(log::EventLog& log, std::shared_ptr<ProjectionCopy> copy, std::vector<log::Partition> mine,
                 std::size_t batch_events);

  enum class Reach { caught_up, behind };

  /// Takes the next records, waiting up to `wait` for the first one where none are at hand. Fresh rows reach
  /// the store when the reader has caught up: at once behind a pause, else some milliseconds later.
  [[nodiscard]] log::LogResult<Reach> step(Timestamp now, Duration wait);

  /// Ends the batch, so that all that was read is covered.
  void write(Timestamp now);

  [[nodiscard]] const std::shared_ptr<ProjectionCopy>& copy() const { return copy_; }
  [[nodiscard]] bool between_batches() const { return !batch_since_; }

 private:
  void start_those_due(Timestamp now);
  [[nodiscard]] log::LogResult<void> start(log::Partition partition);
  void cut_off(const log::ReadError& error, Timestamp now);
  void judge_unproven(Timestamp now);

  log::EventLog& log_;
  std::unique_ptr<log::Reader> reader_;
  std::shared_ptr<ProjectionCopy> copy_;
  std::vector<log::Partition> mine_;
  std::size_t most_batch_events_;
  std::vector<log::Partition> reading_;
  std::map<log::Partition, Timestamp>
      cut_off_;  ///< not delivered: to be started, again or first, at that time
  std::optional<std::vector<Quarantine>> quarantines_;  ///< nothing: to be read, before the next start
  std::size_t batch_events_ = 0;
  std::size_t batch_bytes_ = 0;
  std::optional<Timestamp> batch_since_;
  Timestamp written_at_{};  ///< the last batch
  Timestamp judged_at_{};   ///< whether events are of commands that were written
};

}  // namespace casetrail::projection
