// Copies a log into a new one that seals what it is given: so texts that lay in the open come under a key.
//
// What the copy names by its offset is named by the new one. Commands are not copied: all were taken, and the
// copy's begin where they ended, so that the number of a case and a token of a read are never given twice.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail::privacy {

/// A group of a log into which one is being copied, or which that left half.
inline constexpr std::string_view kHalfCopied = "casetrail.sealing";

/// Where the commands of each partition end. `refused`: one waits, or somebody takes them now.
[[nodiscard]] log::LogResult<std::vector<log::Offset>> ends_of_commands(log::EventLog& log);

/// Told offsets: how many are done, of how many.
using OnCopied = std::function<void(std::int64_t done, std::int64_t total)>;

/// What becomes of the records of casetrail.deadletters.
enum class Letters {
  kept,  ///< sealed as commands are; one that is no JSON lies in the open until retention takes it
  dropped,
};

struct CopiedLog {
  std::int64_t events = 0;
  std::int64_t quarantined = 0;  ///< events of which the place alone is kept
  std::int64_t foreign = 0;      ///< records of others among the events, left behind
  std::int64_t outcomes = 0;
  std::int64_t policies = 0;  ///< and quarantines, which lie among them
  std::int64_t letters = 0;
};

/// Says of `log`, whose topics are there, that a copy is made in it and is not finished: it is no log to work
/// with, until somebody forgets the group `kHalfCopied`.
[[nodiscard]] log::LogResult<void> mark_half_copied(log::EventLog& log);
[[nodiscard]] log::LogResult<bool> is_half_copied(log::EventLog& log);

/// Whether a copy may be made in `log`: it holds no record.
[[nodiscard]] log::LogResult<bool> holds_nothing(log::EventLog& log);

/// Writes what `from` holds into `to`, whose topics are there and empty, and whose commands begin where those
/// of `from` end. Nobody writes either meanwhile.
[[nodiscard]] log::LogResult<CopiedLog> copy_log(log::EventLog& from, log::EventLog& to, Letters letters,
                                                 const OnCopied& on_progress);

}  // namespace casetrail::privacy
