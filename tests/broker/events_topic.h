// What another system reads from the events topic, and what it must never find there.
#pragma once

#include <string>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail {

/// A sentence for each event that is there twice, each gap in a case, and each transaction that hangs over a
/// partition for longer than a minute. Reads every partition of the committed log from its first record.
[[nodiscard]] std::vector<std::string> contradictions_in_events(log::EventLog& log);

}  // namespace casetrail
