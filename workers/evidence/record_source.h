// Where records are read from: a log through its port, or a folder that another process writes.
#pragma once

#include <functional>

#include "workers/log/event_log.h"

namespace casetrail::evidence {

class RecordSource {
 public:
  virtual ~RecordSource() = default;

  [[nodiscard]] virtual log::LogResult<log::Partition> partitions() = 0;
  [[nodiscard]] virtual log::LogResult<log::Bounds> bounds(log::Topic topic, log::Partition partition) = 0;

  using OnRecord = std::function<void(log::Offset offset, const MessageView& record)>;
  /// From the first record at or behind `from` to before `end`, which is committed.
  [[nodiscard]] virtual log::LogResult<void> read(log::Topic topic, log::Partition partition,
                                                  log::Offset from, log::Offset end,
                                                  const OnRecord& on_record) = 0;
};

}  // namespace casetrail::evidence
