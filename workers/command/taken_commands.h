// How far a partition's commands were taken, as the log itself shows it: an outcome is committed together
// with the input position that it stands for, and cannot be set back.
#pragma once

#include <optional>
#include <string>

#include "events/wire/ids.h"
#include "workers/log/event_log.h"

namespace casetrail::command {

/// A record as it lies in its partition of the commands.
struct TakenCommand {
  log::Offset offset;
  CommandId id;        ///< empty: it cannot be read
  std::string source;  ///< empty: older outcomes do not say it
  Timestamp at{};      ///< of the record; an outcome does not say it
};

/// What the last outcome of `partition` answers; nothing when there is none. `unavailable` while a
/// transaction is open at the end of the outcomes: what lies behind it cannot be seen.
[[nodiscard]] log::LogResult<std::optional<TakenCommand>> last_answered(log::EventLog& log,
                                                                        log::Partition partition);

/// Of which record the last dead letter of `partition` is, without its id; nothing when there is none.
[[nodiscard]] log::LogResult<std::optional<TakenCommand>> last_buried(log::EventLog& log,
                                                                      log::Partition partition);

/// What lies at `offset`, below the stable end of its partition; nothing when no record does.
[[nodiscard]] log::LogResult<std::optional<TakenCommand>> command_at(log::EventLog& log,
                                                                     log::Partition partition,
                                                                     log::Offset offset);

/// The first offset from `from` to before `end`, below the stable end, at which a record lies; nothing when
/// none does.
[[nodiscard]] log::LogResult<std::optional<log::Offset>> first_command_in(log::EventLog& log,
                                                                          log::Partition partition,
                                                                          log::Offset from, log::Offset end);

}  // namespace casetrail::command
