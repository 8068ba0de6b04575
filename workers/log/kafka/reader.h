// Reads committed records of some partitions through a client of its own, outside of any group.
#pragma once

#include <memory>

#include "workers/log/kafka/handle.h"

namespace casetrail::kafka {

/// Of a topic of so many partitions.
[[nodiscard]] std::unique_ptr<log::Reader> open_reader(const KafkaOptions& options, log::Topic topic,
                                                       log::Partition partitions);

}  // namespace casetrail::kafka
