// Topics changed as an operator changes them, but without a tool that takes seconds to start.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "workers/log/event_log.h"
#include "workers/log/kafka/options.h"

namespace casetrail {

/// One partition, without replicas, with these settings.
void create_topic(const kafka::KafkaOptions& options, log::Topic topic,
                  const std::vector<std::pair<std::string, std::string>>& settings);

/// Lets each of `topics` have `partitions` of them.
void add_partitions(const kafka::KafkaOptions& options, const std::vector<log::Topic>& topics,
                    log::Partition partitions);

/// Deletes the topics of `options` and waits until they are gone.
void delete_topics(const kafka::KafkaOptions& options);

}  // namespace casetrail
