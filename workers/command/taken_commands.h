// How far a partition's commands were taken, as the log itself shows it: an outcome is committed together
// with the input position that it stands for, and cannot be set back.
#pragma once

#include <optional>
#include <string>

#include "events/ids.h"
#include "workers/log/event_log.h"

namespace casetrail {

/// A command as it lies in its partition.
struct TakenCommand {
  Offset offset;
  CommandId id;
  std::string source;  ///< empty: older outcomes do not say it
};

/// What the last outcome of `partition` answers; nothing when there is none. `unavailable` while a
/// transaction is open at the end of the outcomes: what lies behind it cannot be seen.
[[nodiscard]] LogResult<std::optional<TakenCommand>> last_answered(EventLog& log, Partition partition);

/// The command at `offset`, below the stable end of its partition; nothing when another kind of record lies
/// there.
[[nodiscard]] LogResult<std::optional<TakenCommand>> command_at(EventLog& log, Partition partition,
                                                                Offset offset);

}  // namespace casetrail
