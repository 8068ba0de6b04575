// What is missing before a node answers for all that it holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workers/command/command_partition.h"
#include "workers/log/partition_lag.h"
#include "workers/node/pace.h"

namespace casetrail::node {

/// What is behind and goes on.
enum class Late { missing, forgiven };

/// How far behind its log a part may be without being missing.
struct Allowed {
  std::int64_t commands = 0;  ///< that wait in one partition; more are late
  double seconds = 0;         ///< a record of this age that a view has not, is late
  Pace* pace = nullptr;       ///< without one nobody knows whether what is late goes on
  Late late = Late::missing;
};

/// Under load something is always on its way.
inline constexpr Allowed kUnderLoad{2'000, 5};

/// By its phase, and what its take-over waits for. Requires: it does not run.
[[nodiscard]] log::ReasonCode code_of(const command::PartitionStatus& status);

/// Of the command partitions of this process: those that are lost, stopped, or waiting for their take-over.
/// Partitions that other processes hold are not listed and not missing.
[[nodiscard]] std::vector<log::Reason> missing_of(const std::vector<command::PartitionStatus>& partitions);

/// Of the commands that this process decides: partitions where one waits for longer than `allowed`.
[[nodiscard]] std::vector<log::Reason> missing_of(const std::vector<command::PartitionStatus>& mine,
                                                  const std::vector<log::PartitionLag>& commands,
                                                  const Allowed& allowed);

/// Of the views as they are shown: those that take no records, have not heard from the log, or are behind it.
[[nodiscard]] std::vector<log::Reason> missing_of(const std::vector<log::PartitionLag>& partitions,
                                                  const Allowed& allowed);

/// Whether `part`, which is late at `reason.offset` with `reason.records` to take, is missing by that; then
/// the reason is told how far it is and how long it takes, as far as that is known. No: it is forgiven.
[[nodiscard]] bool is_missing_by(const Allowed& allowed, const std::string& part, log::Reason& reason);

/// That time goes on without the system clock, which leapt ahead by `leap`; nothing while it is followed.
[[nodiscard]] std::optional<log::Reason> missing_of_clock(Duration leap);

/// That threads of these names have begun no step for long, a sentence; nothing when there are none.
[[nodiscard]] std::optional<std::string> hanging(const std::vector<std::string>& threads);

}  // namespace casetrail::node
