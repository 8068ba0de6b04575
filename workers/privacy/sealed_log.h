// A log in which no personal text can be read without its keys: whoever is above it sees none of that.
#pragma once

#include <memory>

#include "workers/log/event_log.h"
#include "workers/privacy/key_ring.h"
#include "workers/privacy/secret.h"

namespace casetrail::privacy {

/// Seals the `pii` of each event with the key of its case, which is made and committed with the first; of
/// each command and dead letter with a key made of `master`. Reading opens them: a text whose key was
/// destroyed is empty, one that was changed makes its record unreadable. What was written unsealed is read as
/// it is. `refused`: the keys of `log` were wrapped with another master key. Requires: the topics are there.
[[nodiscard]] log::LogResult<std::unique_ptr<log::EventLog>> seal_log(std::shared_ptr<log::EventLog> log,
                                                                      const Secret& master, KeyHomes homes);

/// Whether anything in `log` was ever sealed with a key of a case; a log from before them has no such topic.
[[nodiscard]] log::LogResult<bool> has_keys(log::EventLog& log);

}  // namespace casetrail::privacy
