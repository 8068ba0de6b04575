// As of the last statistics event of each client, a few seconds ago.
#include "workers/node/kafka_metrics.h"

#include <string>

#include "workers/log/kafka/statistics.h"
#include "workers/node/metric_family.h"

namespace casetrail::node {
namespace {

using kafka::Statistics;

void add_clients(const Statistics::Figures& figures, std::vector<prometheus::MetricFamily>& into) {
  auto clients = gauge("casetrail_kafka_clients", "Clients of Kafka that read or append, by their kind.");
  auto sent =
      counter("casetrail_kafka_sent_bytes_total", "Bytes that these clients have sent to the brokers.");
  auto received = counter("casetrail_kafka_received_bytes_total", "Bytes that they have received.");
  auto queued = gauge("casetrail_kafka_queued_messages", "Records that wait to be sent, or for an answer.");
  for (const auto& [kind, of] : figures.clients) {
    const Labels labels{{"client", kind}};
    clients.add(static_cast<double>(of.now), labels);
    sent.add(static_cast<double>(of.sent_bytes), labels);
    received.add(static_cast<double>(of.received_bytes), labels);
    queued.add(static_cast<double>(of.queued_messages), labels);
  }
  for (auto* family : {&clients, &sent, &received, &queued}) into.push_back(family->take());
}

void add_brokers(const Statistics::Figures& figures, std::vector<prometheus::MetricFamily>& into) {
  auto round_trip =
      gauge("casetrail_kafka_round_trip_seconds",
            "Time until a broker answers, of 99 requests in 100, for the client that waits longest.");
  auto errors =
      counter("casetrail_kafka_broker_errors_total", "Requests to a broker, and answers, that failed.");
  auto timeouts =
      counter("casetrail_kafka_broker_timeouts_total", "Requests that a broker did not answer in time.");
  auto disconnects =
      counter("casetrail_kafka_broker_disconnects_total", "Connections to a broker that ended.");
  for (const auto& [number, broker] : figures.brokers) {
    const Labels labels{{"broker", number}};
    round_trip.add(broker.round_trip_seconds, labels);
    errors.add(static_cast<double>(broker.errors), labels);
    timeouts.add(static_cast<double>(broker.timeouts), labels);
    disconnects.add(static_cast<double>(broker.disconnects), labels);
  }
  for (auto* family : {&round_trip, &errors, &timeouts, &disconnects}) into.push_back(family->take());
}

void add_ends(const Statistics::Figures& figures, std::vector<prometheus::MetricFamily>& into) {
  auto high = gauge("casetrail_kafka_high_watermark", "Where a partition that is read ends.");
  auto stable = gauge("casetrail_kafka_last_stable_offset",
                      "Up to where it can be read. Below the high watermark: a transaction is open.");
  for (const auto& [where, ends] : figures.ends) {
    const Labels labels{{"topic", where.first}, {"partition", std::to_string(where.second)}};
    high.add(static_cast<double>(ends.high_watermark), labels);
    stable.add(static_cast<double>(ends.last_stable_offset), labels);
  }
  into.push_back(high.take());
  into.push_back(stable.take());
}

}  // namespace

void add_kafka(std::vector<prometheus::MetricFamily>& into) {
  const auto figures = kafka::statistics().figures(Statistics::Clock::now());
  add_clients(figures, into);
  add_brokers(figures, into);
  add_ends(figures, into);
}

}  // namespace casetrail::node
