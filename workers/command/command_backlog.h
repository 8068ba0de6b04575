// How many commands wait to be decided, in every partition, whichever process has it.
#pragma once

#include <mutex>
#include <optional>
#include <vector>

#include "workers/log/event_log.h"
#include "workers/log/partition_lag.h"

namespace casetrail::command {

/// `step` belongs to one thread, `lag` is for any. `log` outlives it.
class CommandBacklog {
 public:
  explicit CommandBacklog(log::EventLog& log) : log_(log) {}

  /// Asks the log once a second. What was measured before stays when it does not answer.
  [[nodiscard]] log::LogResult<void> step(Timestamp now);

  /// A row a partition, as Kafka's tools show the commands' group.
  [[nodiscard]] std::vector<log::PartitionLag> lag(Timestamp now) const;

  /// Any thread: the last moment at which the partition was seen to end at or before `offset`, which is not
  /// taken yet; nothing: not known.
  [[nodiscard]] std::optional<Timestamp> covered_at(log::Partition partition, log::Offset offset) const;

 private:
  /// An open transaction behind everything that could be taken.
  struct Held {
    log::Bounds bounds;
    Timestamp since;
  };
  struct Measured {
    std::optional<log::MeasuredLag> lag;
    std::optional<Held> held{};
    log::EndHistory ends;
  };

  [[nodiscard]] log::LogResult<void> measure(Timestamp now);
  [[nodiscard]] std::optional<Timestamp> time_of(log::Partition partition, log::Offset next) const;

  log::EventLog& log_;
  std::optional<Timestamp> measured_at_;
  mutable std::mutex mutex_;  ///< guards what follows
  std::vector<Measured> partitions_;
};

}  // namespace casetrail::command
