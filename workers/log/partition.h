// Which partition a key lies in.
#pragma once

#include <string_view>

#include "workers/log/topic.h"

namespace casetrail::log {

/// The partition of a key as the Java client's default partitioner has it: positive murmur2, modulo.
[[nodiscard]] Partition partition_of(std::string_view key, Partition partitions);

}  // namespace casetrail::log
