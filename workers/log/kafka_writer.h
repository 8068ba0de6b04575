// The single writer of a partition: two transactional ids in turn.
#pragma once

#include <memory>
#include <string>

#include "workers/log/kafka_handle.h"

namespace casetrail::kafka {

/// A coordinator still finishes the last transaction of an id for some milliseconds after its commit was
/// answered; the next one takes the other id meanwhile.
[[nodiscard]] std::unique_ptr<PartitionWriter> open_writer(const KafkaOptions& options, Partition partition);

}  // namespace casetrail::kafka
