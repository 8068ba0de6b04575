// Reads all of an embedded log, as nobody does in a day's work, and names what is damaged.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "workers/log/embedded/embedded_log.h"

namespace casetrail::embedded {

struct LogDamage {
  std::string topic;  ///< empty: of a file, or of the log as a whole
  log::Partition partition = 0;
  log::Offset from = 0;
  log::Offset until = 0;  ///< behind the last
  std::string file;       ///< empty: not known, or named by `what`
  std::string what;       ///< a clause
};

struct VerifiedLog {
  std::int64_t records = 0;  ///< read, and as they were written
  std::vector<LogDamage> damage;
};

/// Reads every record of the log in `folder` and changes nothing. Nobody writes it meanwhile. `on_progress`
/// is told offsets: how many are done, of how many. An error: it cannot be read at all now.
[[nodiscard]] log::LogResult<VerifiedLog> verify_embedded_log(
    const std::filesystem::path& folder, std::size_t memory_bytes,
    const std::function<void(std::int64_t done, std::int64_t total)>& on_progress);

}  // namespace casetrail::embedded
