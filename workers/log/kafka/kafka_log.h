// The log on Apache Kafka, any cluster from 2.5 on, through librdkafka.
#pragma once

#include <memory>

#include "workers/log/event_log.h"
#include "workers/log/kafka/options.h"

namespace casetrail::kafka {

/// Connects and learns the topics. The topics may be missing: `partitions()` is 0 until `create_topics`.
[[nodiscard]] log::LogResult<std::unique_ptr<log::EventLog>> open_kafka_log(KafkaOptions options);

/// Deletes all topics of `options`, for what was only a trial: they must have a prefix.
[[nodiscard]] log::LogResult<void> delete_kafka_topics(const KafkaOptions& options);

}  // namespace casetrail::kafka
