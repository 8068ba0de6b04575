// What a transaction that nobody ended keeps from being read, and the remedy.
#pragma once

#include <string>

#include "workers/log/event_log.h"

namespace casetrail::command {

/// A sentence. Requires: `bounds.stable` is below `bounds.high`.
[[nodiscard]] std::string held_by_transaction(log::Topic topic, log::Partition partition,
                                              const log::Bounds& bounds);

/// The same of the command group's position in `partition`.
[[nodiscard]] std::string position_held_by_transaction(log::Partition partition);

}  // namespace casetrail::command
