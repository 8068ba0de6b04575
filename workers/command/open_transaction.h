// What a transaction that nobody ended keeps from being read, and the remedy.
#pragma once

#include <string>

#include "workers/log/event_log.h"

namespace casetrail {

/// A sentence. Requires: `bounds.stable` is below `bounds.high`.
[[nodiscard]] std::string held_by_transaction(Topic topic, Partition partition, const Bounds& bounds);

}  // namespace casetrail
