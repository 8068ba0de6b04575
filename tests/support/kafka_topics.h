// Topics changed as an operator changes them, but without a tool that takes seconds to start.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "workers/log/event_log.h"
#include "workers/log/kafka_options.h"

namespace casetrail {

/// One partition, without replicas, with these settings.
void create_topic(const KafkaOptions& options, Topic topic,
                  const std::vector<std::pair<std::string, std::string>>& settings);

/// Lets each of `topics` have `partitions` of them.
void add_partitions(const KafkaOptions& options, const std::vector<Topic>& topics, Partition partitions);

/// Deletes the topics of `options` and waits until they are gone.
void delete_topics(const KafkaOptions& options);

}  // namespace casetrail
