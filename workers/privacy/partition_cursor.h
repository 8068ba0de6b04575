// Goes through what one partition holds, record by record.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "workers/log/event_log.h"

namespace casetrail::privacy {

/// The committed records of a partition from `from` to before `end`, which is not beyond its stable end.
class PartitionCursor {
 public:
  /// `log` outlives it.
  PartitionCursor(log::EventLog& log, log::Topic topic, log::Partition partition, log::Offset from,
                  log::Offset end);

  /// The next one, borrowed until the next call; null at the end. `unavailable`: nothing comes.
  [[nodiscard]] log::LogResult<const log::Record*> next();

 private:
  std::unique_ptr<log::Reader> reader_;
  log::Topic topic_;
  log::Partition partition_;
  log::Offset from_;
  log::Offset end_;
  bool started_ = false;
  std::span<const log::Record> records_;
  std::size_t at_ = 0;
};

}  // namespace casetrail::privacy
