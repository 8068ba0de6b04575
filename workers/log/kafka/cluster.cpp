// A client of its own, for the time of one question.
#include "workers/log/kafka/cluster.h"

#include <fmt/format.h>

#include <span>

#include "workers/log/kafka/handle.h"

namespace casetrail::kafka {

log::LogResult<ClusterReport> look_at_cluster(const KafkaOptions& options) {
  auto client = Settings(options, {}).create(RD_KAFKA_PRODUCER);
  if (!client) return std::unexpected(std::move(client).error());
  const auto told = metadata(client->get(), Scope::used, options.request_timeout);
  if (!told) return std::unexpected(told.error());
  ClusterReport report;
  for (const auto& broker : std::span((*told)->brokers, static_cast<std::size_t>((*told)->broker_cnt)))
    report.brokers.push_back(fmt::format("{} at {}:{}", broker.id, broker.host, broker.port));
  const std::unique_ptr<char, decltype(&std::free)> id(
      rd_kafka_clusterid(client->get(), milliseconds(options.request_timeout)), &std::free);
  if (id) report.id = id.get();
  return report;
}

}  // namespace casetrail::kafka
