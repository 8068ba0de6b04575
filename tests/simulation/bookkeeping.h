// The oracle's first half: one answer a command, its events once, no gap, one writer, nothing lost.
#pragma once

#include "tests/simulation/complaint.h"
#include "tests/simulation/ledger.h"

namespace casetrail::simulation {

/// Reads nothing but the committed log. To be asked when the work has ended.
[[nodiscard]] Complaints check_bookkeeping(const std::vector<PartitionLedger>& ledgers);

/// Whatever is sealed in `log` has its key there.
[[nodiscard]] Complaints check_keys(const MemoryLog& log);

}  // namespace casetrail::simulation
