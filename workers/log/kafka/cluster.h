// Who answers for a cluster, as an operator asks.
#pragma once

#include <string>
#include <vector>

#include "workers/log/kafka/options.h"

namespace casetrail::kafka {

struct ClusterReport {
  std::string id;                    ///< of the cluster; empty: it tells none
  std::vector<std::string> brokers;  ///< `1 at host:9092`
};

/// Asks once, and changes nothing. Kafka tells no client which version it is.
[[nodiscard]] log::LogResult<ClusterReport> look_at_cluster(const KafkaOptions& options);

}  // namespace casetrail::kafka
