// Creates the topics, compares them with what the engine needs, and tells one log from another.
#pragma once

#include <string>
#include <vector>

#include "workers/log/kafka/handle.h"

namespace casetrail::kafka {

/// `made_with`: the number of partitions that the sharded topics were made with; 0 when that is not known.
[[nodiscard]] log::LogResult<std::vector<log::TopicReport>> check_topics(rd_kafka_t* client,
                                                                         const KafkaOptions& options,
                                                                         log::Partition made_with);

/// Creates the topics that are missing. Tells which ones that were.
[[nodiscard]] log::LogResult<std::vector<log::Topic>> create_missing_topics(rd_kafka_t* client,
                                                                            const KafkaOptions& options,
                                                                            log::Partition partitions);

[[nodiscard]] log::LogResult<void> delete_topics(rd_kafka_t* client, const KafkaOptions& options);

/// The number of partitions of each topic, by `Topic`; 0 where one is missing.
[[nodiscard]] log::LogResult<std::vector<log::Partition>> partition_counts(rd_kafka_t* client,
                                                                           const KafkaOptions& options);

}  // namespace casetrail::kafka
