// Lays a simulated day into the log.
#pragma once

#include <functional>
#include <span>

#include "workers/log/event_log.h"
#include "workers/simulate/simulate_day.h"

namespace casetrail {

/// Appends the commands in their order with their own times, which the engine takes for partition time. They
/// must not be mixed with other commands of the same log meanwhile: these would move the time on. Returns
/// when all are durable; `on_progress` is told how many are.
[[nodiscard]] LogResult<void> append_day(EventLog& log, std::span<const TimedCommand> commands,
                                         const std::function<void(std::size_t)>& on_progress);

}  // namespace casetrail
