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

/// Where it is and what, for people; without a full stop.
[[nodiscard]] std::string text_of(const LogDamage& damage);

/// What a partition holds: offsets from the first to before the second.
struct VerifiedPartition {
  log::Topic topic;
  log::Partition partition;
  log::Offset low;
  log::Offset next;
};

struct VerifiedLog {
  std::int64_t records = 0;  ///< read, and as they were written
  std::vector<LogDamage> damage;
  std::string identity = {};
  std::vector<VerifiedPartition> partitions = {};
};

/// Told offsets: how many are done, of how many. False: stop there, with what was found until then.
using OnVerified = std::function<bool(std::int64_t done, std::int64_t total)>;

/// Told each record that is whole, those of a partition in their order, `evidence` before all others.
using OnRecord = std::function<void(log::Topic topic, log::Partition partition, log::Offset offset,
                                    const MessageView& record)>;

/// Reads every record of the log in `folder` and changes nothing. Nobody writes it meanwhile. An error: it
/// cannot be read at all now.
[[nodiscard]] log::LogResult<VerifiedLog> verify_embedded_log(const std::filesystem::path& folder,
                                                              std::size_t memory_bytes,
                                                              const OnVerified& on_progress,
                                                              const OnRecord& on_record = {});

}  // namespace casetrail::embedded
