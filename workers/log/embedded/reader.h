// Reads the embedded log: whole blocks are copied once, and records borrow from the copies.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "workers/log/embedded/core.h"

namespace casetrail::embedded {

class EmbeddedReader final : public log::Reader {
 public:
  EmbeddedReader(const EmbeddedCore& core, log::Topic topic) : core_(core), topic_(topic) {}

  [[nodiscard]] log::LogResult<void> start(log::Partition partition, log::Offset from) override;
  void stop(log::Partition partition) override;
  [[nodiscard]] log::ReadResult read(std::size_t max, Duration wait) override;
  [[nodiscard]] log::Offset position(log::Partition partition) const override {
    return cursors_.at(partition).position;
  }

 private:
  using Block = std::shared_ptr<const std::string>;
  struct Cursor {
    log::Offset position;
    Block block;  ///< read in part; none when its records are through
    std::optional<BlockCursor> rest;
    bool failed = false;  ///< has to be started again

    void leave_block() {
      rest.reset();
      block.reset();
    }
  };

  /// Keeps the error of a partition that cannot be read, and goes on with the others.
  void collect(std::size_t max);
  [[nodiscard]] log::LogResult<void> collect_from(log::Partition partition, Cursor& cursor, std::size_t max);
  /// Delivers from the cursor's block until it is through or the batch is full. False when it is damaged.
  [[nodiscard]] bool deliver(log::Partition partition, Cursor& cursor, std::size_t max);
  [[nodiscard]] std::optional<log::ReadError> take_failure();
  [[nodiscard]] bool full(std::size_t max) const;
  void link_headers();

  const EmbeddedCore& core_;
  log::Topic topic_;
  std::map<log::Partition, Cursor> cursors_;
  log::Partition turn_ = 0;  ///< the partition that the last batch ended with; the next one begins behind it

  std::map<log::Partition, log::LogError>
      failures_;  ///< each is told by a read of its own, behind what came before it

  std::vector<Block> blocks_;  ///< what the batch borrows from
  std::vector<HeaderView> headers_;
  std::vector<std::size_t> header_counts_;
  std::vector<log::Record> records_;
  std::size_t bytes_ = 0;
};

}  // namespace casetrail::embedded
