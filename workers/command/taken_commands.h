// How far a partition's commands were taken, as the log itself shows it: an outcome is committed together
// with the input position that it stands for, and cannot be set back.
#pragma once

#include <optional>
#include <string>

#include "events/wire/ids.h"
#include "workers/log/event_log.h"

namespace casetrail::command {

/// A command as it lies in its partition.
struct TakenCommand {
  log::Offset offset;
  CommandId id;
  std::string source;  ///< empty: older outcomes do not say it
};

/// What the last outcome of `partition` answers; nothing when there is none. `unavailable` while a
/// transaction is open at the end of the outcomes: what lies behind it cannot be seen.
[[nodiscard]] log::LogResult<std::optional<TakenCommand>> last_answered(log::EventLog& log,
                                                                        log::Partition partition);

/// The command at `offset`, below the stable end of its partition; nothing when another kind of record lies
/// there.
[[nodiscard]] log::LogResult<std::optional<TakenCommand>> command_at(log::EventLog& log,
                                                                     log::Partition partition,
                                                                     log::Offset offset);

}  // namespace casetrail::command
