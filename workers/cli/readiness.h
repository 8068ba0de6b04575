// What is missing before a node answers for all that it holds, in sentences that name it.
#pragma once

#include <string>
#include <vector>

#include "workers/command/command_partition.h"
#include "workers/projection/projection_lag.h"

namespace casetrail {

/// Of the command partitions of this process: those that are lost, stopped, or waiting for their take-over.
/// Partitions that other processes hold are not listed and not missing.
[[nodiscard]] std::vector<std::string> missing_of(const std::vector<PartitionStatus>& partitions);

/// Of the views: those that take no records, have not heard from the log, or are behind it.
[[nodiscard]] std::vector<std::string> missing_of(const std::vector<PartitionLag>& partitions);

/// All in one text; the first ones and a count when there are many. Empty: nothing is missing.
[[nodiscard]] std::string in_one(const std::vector<std::string>& sentences);

}  // namespace casetrail
