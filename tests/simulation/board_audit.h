// The oracle's second half: what the nodes show equals plain loops over the committed log.
#pragma once

#include <memory>
#include <vector>

#include "tests/simulation/complaint.h"
#include "tests/simulation/ledger.h"
#include "tests/simulation/node.h"

namespace casetrail::simulation {

/// To be asked when the work has ended. Every node is up.
[[nodiscard]] Complaints check_boards(const std::vector<std::unique_ptr<Node>>& nodes,
                                      const std::vector<PartitionLedger>& ledgers, Timestamp now);

}  // namespace casetrail::simulation
