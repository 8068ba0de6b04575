// The oracle's first half: one answer a command, its events once, no gap, one writer, nothing lost.
#pragma once

#include "tests/simulation/complaint.h"
#include "tests/simulation/ledger.h"

namespace casetrail::simulation {

/// Reads nothing but the committed log. To be asked when the work has ended.
[[nodiscard]] Complaints check_bookkeeping(const std::vector<PartitionLedger>& ledgers);

}  // namespace casetrail::simulation
