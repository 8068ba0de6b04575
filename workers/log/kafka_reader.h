// Reads committed records of some partitions through a client of its own, outside of any group.
#pragma once

#include <memory>

#include "workers/log/kafka_handle.h"

namespace casetrail::kafka {

/// Of a topic of so many partitions.
[[nodiscard]] std::unique_ptr<Reader> open_reader(const KafkaOptions& options, Topic topic,
                                                  Partition partitions);

}  // namespace casetrail::kafka
