// Counters are added up by their differences, so that a client that goes takes nothing away.
#include "workers/log/kafka/statistics.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "events/wire/json_reader.h"

namespace casetrail::kafka {

// The members of a statistics event that are looked at, under their own names.
struct ToldWindow {
  std::int64_t p99 = 0;  ///< microseconds

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(p99));
  }
};
struct ToldBroker {
  std::int64_t nodeid = -1;  ///< negative: no broker, but what stands for one
  std::int64_t txerrs = 0;
  std::int64_t rxerrs = 0;
  std::int64_t req_timeouts = 0;
  ToldWindow rtt;
  std::int64_t disconnects = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(nodeid), CEREAL_NVP(txerrs), CEREAL_NVP(rxerrs), CEREAL_NVP(req_timeouts),
            CEREAL_NVP(rtt), CEREAL_NVP(disconnects));
  }
};
struct ToldPartition {
  std::int64_t partition = -1;  ///< negative: of no partition
  std::int64_t hi_offset = -1;  ///< negative: not known
  std::int64_t ls_offset = -1;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(partition), CEREAL_NVP(hi_offset), CEREAL_NVP(ls_offset));
  }
};
struct ToldTopic {
  std::string topic;
  std::map<std::string, ToldPartition> partitions;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(topic), CEREAL_NVP(partitions));
  }
};
struct Told {
  std::string name;
  std::string type;
  std::int64_t msg_cnt = 0;
  std::map<std::string, ToldBroker> brokers;
  std::map<std::string, ToldTopic> topics;
  std::int64_t tx_bytes = 0;
  std::int64_t rx_bytes = 0;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(type), CEREAL_NVP(msg_cnt), CEREAL_NVP(brokers), CEREAL_NVP(topics),
            CEREAL_NVP(tx_bytes), CEREAL_NVP(rx_bytes));
  }
};

struct Statistics::Client {
  Told told;
  Clock::time_point at;
};

Statistics::Statistics() = default;
Statistics::~Statistics() = default;

void Statistics::heard(std::string_view json, Clock::time_point now) {
  Told told;
  if (const auto error = from_json(json, told)) {
    spdlog::debug("kafka statistics are passed over: {}", error->sentence());
    return;
  }
  const std::scoped_lock lock(mutex_);
  std::erase_if(clients_, [&](const auto& client) { return now - client.second->at > kGone; });
  auto& known = clients_[told.name];
  if (!known) known = std::make_unique<Client>();
  auto& client = *known;
  auto& kind = counted_.clients[told.type];
  kind.sent_bytes += told.tx_bytes - client.told.tx_bytes;
  kind.received_bytes += told.rx_bytes - client.told.rx_bytes;
  for (const auto& [name, broker] : told.brokers) {
    if (broker.nodeid < 0) continue;
    const auto& before = client.told.brokers[name];
    auto& counted = counted_.brokers[std::to_string(broker.nodeid)];
    counted.errors += broker.txerrs + broker.rxerrs - before.txerrs - before.rxerrs;
    counted.timeouts += broker.req_timeouts - before.req_timeouts;
    counted.disconnects += broker.disconnects - before.disconnects;
  }
  client = {std::move(told), now};
}

Statistics::Figures Statistics::figures(Clock::time_point now) const {
  const std::scoped_lock lock(mutex_);
  auto figures = counted_;
  for (const auto& [name, client] : clients_) {
    if (now - client->at > kGone) continue;
    auto& kind = figures.clients[client->told.type];
    ++kind.now;
    kind.queued_messages += client->told.msg_cnt;
    for (const auto& [broker_name, broker] : client->told.brokers) {
      if (broker.nodeid < 0) continue;
      auto& longest = figures.brokers[std::to_string(broker.nodeid)].round_trip_seconds;
      longest = std::max(longest, static_cast<double>(broker.rtt.p99) / 1e6);
    }
    if (client->told.type != "consumer") continue;
    for (const auto& [topic_name, topic] : client->told.topics) {
      for (const auto& [number, partition] : topic.partitions) {
        if (partition.partition < 0 || partition.hi_offset < 0 || partition.ls_offset < 0) continue;
        auto& ends = figures.ends[{topic.topic, partition.partition}];
        ends.high_watermark = std::max(ends.high_watermark, partition.hi_offset);
        ends.last_stable_offset = std::max(ends.last_stable_offset, partition.ls_offset);
      }
    }
  }
  return figures;
}

Statistics& statistics() {
  static Statistics all;
  return all;
}

}  // namespace casetrail::kafka
