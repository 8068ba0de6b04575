// The log on Apache Kafka, any cluster from 2.5 on, through librdkafka.
#pragma once

#include <memory>
#include <vector>

#include "workers/log/event_log.h"
#include "workers/log/kafka/options.h"

namespace casetrail::kafka {

/// Connects and learns the topics. The topics may be missing: `partitions()` is 0 until `create_topics`.
[[nodiscard]] log::LogResult<std::unique_ptr<log::EventLog>> open_kafka_log(KafkaOptions options);

/// Deletes all topics of `options`, for what was only a trial: they must have a prefix. Their brokers may
/// know them for a moment longer.
[[nodiscard]] log::LogResult<void> delete_kafka_topics(const KafkaOptions& options);

/// Has the commands of `log`, that of `options`, begin at `beginnings` or behind, an offset a partition: as
/// if those before them had been taken and retention had come. Requires: the topics are there, and hold no
/// command. Needs the right to delete records of the topic. Again: nothing.
[[nodiscard]] log::LogResult<void> begin_kafka_commands(const KafkaOptions& options, log::EventLog& log,
                                                        const std::vector<log::Offset>& beginnings);

}  // namespace casetrail::kafka
