// Reads committed records of some partitions through a client of its own, outside of any group.
#pragma once

#include <memory>

#include "workers/log/kafka_handle.h"

namespace casetrail::kafka {

[[nodiscard]] std::unique_ptr<Reader> open_reader(const KafkaOptions& options, Topic topic);

}  // namespace casetrail::kafka
