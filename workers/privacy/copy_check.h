// Holds the copy of a log against the log that it was made of.
#pragma once

#include <cstdint>

#include "workers/privacy/log_copy.h"

namespace casetrail::privacy {

/// That `copy`, read anew through its keys, has the events of `from`, each equal byte for byte and in its
/// order. Returns how many. `refused`: the first that differs.
[[nodiscard]] log::LogResult<std::int64_t> compare_copy(log::EventLog& from, log::EventLog& copy,
                                                        const OnCopied& on_progress);

/// That no event of `raw`, which is read without keys, has a personal text in the open. `refused`: the first
/// that has.
[[nodiscard]] log::LogResult<void> check_nothing_open(log::EventLog& raw);

}  // namespace casetrail::privacy
