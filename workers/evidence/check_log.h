// Reads the events of a whole log and checks the chain of each partition.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "workers/evidence/chain_check.h"
#include "workers/evidence/known_heads.h"
#include "workers/evidence/record_source.h"

namespace casetrail::evidence {

/// Told offsets: how many are done, of how many.
using OnChecked = std::function<void(std::int64_t done, std::int64_t total)>;

/// A check for each partition, of all that was committed when it began; the heads that lie in the log are
/// taken into `known` before.
[[nodiscard]] log::LogResult<std::vector<ChainCheck>> check_log(RecordSource& source, KnownHeads& known,
                                                                const OnChecked& on_progress);

/// After the last record of each partition, which lay before its end; partitions that the log does not have
/// end at 0.
void finish_all(std::vector<ChainCheck>& checks, const std::vector<log::Offset>& ends);

}  // namespace casetrail::evidence
