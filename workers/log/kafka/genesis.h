// Tells one set of topics from the next: a record with a random id, written to the policy topic whenever
// topics are created. librdkafka 2.0.2 does not know the ids that Kafka gives to topics.
#pragma once

#include <memory>
#include <string>

#include "workers/log/kafka/handle.h"

namespace casetrail::kafka {

struct Genesis {
  std::string mark;               ///< empty: there is none
  log::Partition partitions = 0;  ///< of the sharded topics, fixed when they were made; 0: not told
};

/// A new mark, for partition 0 of the policy topic.
[[nodiscard]] Message new_genesis(log::Partition partitions);

/// The newest one within `policy`.
[[nodiscard]] log::LogResult<Genesis> last_genesis(const KafkaOptions& options, const log::Bounds& policy);

/// Reads as `reader` does and passes over the marks.
[[nodiscard]] std::unique_ptr<log::Reader> without_genesis(std::unique_ptr<log::Reader> reader);

}  // namespace casetrail::kafka
