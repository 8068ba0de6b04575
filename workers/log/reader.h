// Reading committed records of one topic.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <span>

#include "events/wire/message.h"
#include "workers/log/log_result.h"
#include "workers/log/topic.h"

namespace casetrail::log {

/// Why a read failed. Where it names a partition, that one delivers nothing until it is started again, at
/// best at its `position`; the others go on with the next read. Else nothing was read: ask again.
struct ReadError : LogError {
  std::optional<Partition> partition;
};

/// A record of the log, borrowed from the reader until its next `read`.
struct Record {
  Partition partition;
  Offset offset;
  MessageView message;
};

using ReadResult = std::expected<std::span<const Record>, ReadError>;

/// Reads committed records of some partitions of one topic, from given offsets. Used by one thread.
class Reader {
 public:
  virtual ~Reader() = default;

  /// Delivers `partition` from the first record at or behind `from`. Started again, it goes on from there
  /// instead.
  [[nodiscard]] virtual LogResult<void> start(Partition partition, Offset from) = 0;
  virtual void stop(Partition partition) = 0;

  /// The next records, at most `max`, each partition in order. Waits up to `wait` for the first one, not for
  /// more. Empty: nothing came. What it returned before is gone. A failure is told once, behind the records
  /// that came before it; those behind it are not delivered.
  [[nodiscard]] virtual ReadResult read(std::size_t max, Duration wait) = 0;

  /// The offset behind everything of `partition` that was delivered or passed over (markers, aborted
  /// records).
  [[nodiscard]] virtual Offset position(Partition partition) const = 0;
};

}  // namespace casetrail::log
