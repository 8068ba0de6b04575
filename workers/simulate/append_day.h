// Lays a simulated day into the log.
#pragma once

#include <functional>
#include <map>
#include <span>

#include "workers/log/event_log.h"
#include "workers/simulate/simulate_day.h"

namespace casetrail::simulate {

/// Appends the commands in their order with their own times, which the engine takes for partition time. A log
/// that holds commands of a later time than the day's beginning refuses it: its time would not go back, and
/// every promise of the day would be due at once. Other commands must not be mixed with them meanwhile.
/// Returns when all are durable, with the offset of the last one in each partition; `on_progress` is told how
/// many are.
[[nodiscard]] log::LogResult<std::map<log::Partition, log::Offset>> append_day(
    log::EventLog& log, std::span<const TimedCommand> commands,
    const std::function<void(std::size_t)>& on_progress);

}  // namespace casetrail::simulate
