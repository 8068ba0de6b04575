// Links what a partition's writer commits.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "workers/evidence/chain.h"
#include "workers/evidence/head_keeper.h"
#include "workers/log/event_log.h"

namespace casetrail::evidence {

class ChainedWriter final : public log::PartitionWriter {
 public:
  /// `log`, and `keeper` where there is one, outlive it.
  ChainedWriter(std::unique_ptr<log::PartitionWriter> inner, log::EventLog& log, log::Partition partition,
                HeadKeeper* keeper)
      : inner_(std::move(inner)), log_(log), partition_(partition), keeper_(keeper) {}

  [[nodiscard]] log::Promised<log::LogResult<void>> start_fence() override;
  [[nodiscard]] log::Promised<log::CommitResult> start_commit(
      std::vector<log::Outgoing>& records, log::Offset next_command,
      const std::shared_ptr<const log::Generation>& generation) override;

 private:
  std::unique_ptr<log::PartitionWriter> inner_;
  log::EventLog& log_;
  log::Partition partition_;
  HeadKeeper* keeper_;
  std::optional<Link> head_;  ///< of what is committed; absent until the first commit after a fence
};

/// The last link that is committed in `partition`; that before the first where there is none. Records without
/// links behind it are passed over. Requires: no transaction of the partition is open.
[[nodiscard]] log::LogResult<Link> last_link(log::EventLog& log, log::Partition partition);

}  // namespace casetrail::evidence
