// A write of the embedded log: what the jobs of one batch change, and what they are answered.
#pragma once

#include <map>
#include <set>

#include "workers/log/embedded/core.h"

namespace casetrail::embedded {

/// Of the log's thread. Jobs are taken in order; nothing is on the disk, visible or answered before `finish`.
class EmbeddedCore::Group {
 public:
  explicit Group(EmbeddedCore& core) : core_(core) {}

  void take(Append& job);
  void take(Transaction& job);
  void take(Positions& job);
  void take(Fence& job);
  void take(Create& job);
  void take(Forget& job);

  void finish();

 private:
  using Place = std::pair<log::Topic, log::Partition>;
  /// Told the failure of the write, or nothing.
  using Answer = std::function<void(const std::optional<log::LogError>&)>;

  [[nodiscard]] std::optional<log::CommitResult> objection(const Transaction& job) const;
  log::Offset add(log::Partition partition, const Encoded& record);
  /// The offset of its last record.
  log::Offset add(log::Partition partition, const Written& written);
  void close_block(const Place& place, BlockBuilder& block);
  void put(const Place& place, log::Offset base, const BlockBody& body);
  void move(keys::GroupKey key, log::Offset next);
  void answer(std::function<void(log::LogResult<void>)> done);
  [[nodiscard]] std::optional<log::LogError> write();
  void publish();

  EmbeddedCore& core_;
  std::map<Place, BlockBuilder> blocks_;                        ///< of every place that is written to
  std::map<keys::GroupKey, std::optional<log::Offset>> moved_;  ///< nothing: forgotten
  std::optional<log::Partition> created_;
  std::set<log::Partition> destroyed_;  ///< whose keys are
  RowsBatch rows_;
  std::vector<Answer> answers_;
};

}  // namespace casetrail::embedded
