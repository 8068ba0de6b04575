// The limits of the machine and its broker: a librdkafka consumer that touches nothing, and a
// consume-produce-commit loop that decides nothing. What casetrail does is measured beside them.
#include <librdkafka/rdkafka.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Settings = std::vector<std::pair<const char*, std::string>>;

struct Close {
  void operator()(rd_kafka_t* handle) const { rd_kafka_destroy(handle); }
  void operator()(rd_kafka_queue_t* queue) const { rd_kafka_queue_destroy(queue); }
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
  void operator()(rd_kafka_consumer_group_metadata_t* group) const {
    rd_kafka_consumer_group_metadata_destroy(group);
  }
};
using Handle = std::unique_ptr<rd_kafka_t, Close>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Close>;
using Partitions = std::unique_ptr<rd_kafka_topic_partition_list_t, Close>;
using Group = std::unique_ptr<rd_kafka_consumer_group_metadata_t, Close>;

void check(rd_kafka_error_t* error) {
  if (error == nullptr) return;
  const std::string what = rd_kafka_error_string(error);
  rd_kafka_error_destroy(error);
  throw std::runtime_error(what);
}

void check(rd_kafka_resp_err_t error) {
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw std::runtime_error(rd_kafka_err2str(error));
}

Handle open(rd_kafka_type_t type, const Settings& settings) {
  std::array<char, 512> error{};
  auto* conf = rd_kafka_conf_new();
  for (const auto& [name, value] : settings) {
    if (rd_kafka_conf_set(conf, name, value.c_str(), error.data(), error.size()) != RD_KAFKA_CONF_OK) {
      throw std::runtime_error(error.data());
    }
  }
  if (type == RD_KAFKA_PRODUCER)
    rd_kafka_conf_set_dr_msg_cb(conf, [](rd_kafka_t*, const rd_kafka_message_t*, void*) {});
  Handle handle(rd_kafka_new(type, conf, error.data(), error.size()));
  if (!handle) throw std::runtime_error(error.data());
  return handle;
}

/// A consumer of all partitions of `topic` from their beginning.
Handle open_consumer(const std::string& brokers, const char* topic, int partitions) {
  auto consumer = open(RD_KAFKA_CONSUMER, {{"bootstrap.servers", brokers},
                                           {"group.id", "bench.limits"},
                                           {"isolation.level", "read_committed"},
                                           {"enable.auto.commit", "false"},
                                           {"enable.auto.offset.store", "false"},
                                           {"queued.min.messages", "2000000"},
                                           {"queued.max.messages.kbytes", "1048576"},
                                           {"socket.nagle.disable", "true"}});
  const Partitions list(rd_kafka_topic_partition_list_new(partitions));
  for (int p = 0; p < partitions; ++p) {
    rd_kafka_topic_partition_list_add(list.get(), topic, p)->offset = RD_KAFKA_OFFSET_BEGINNING;
  }
  check(rd_kafka_assign(consumer.get(), list.get()));
  return consumer;
}

/// As a line of figures has it, see `workers/bench/figure.h`.
void report(const char* row, const char* title, const char* unit, long records, Clock::duration took) {
  const auto seconds = std::chrono::duration<double>(took).count();
  std::printf(R"({"row":"%s","title":"%s","value":%.0f,"unit":"%s","note":"%ld records, librdkafka alone"})"
              "\n",
              row, title, static_cast<double>(records) / seconds, unit, records);
}

void consume(const std::string& brokers, int partitions, long records) {
  const auto consumer = open_consumer(brokers, "casetrail.events", partitions);
  const Queue queue(rd_kafka_queue_get_consumer(consumer.get()));
  std::vector<rd_kafka_message_t*> batch(2'000);
  auto started = Clock::now();
  for (long seen = 0; seen < records;) {
    const auto count = rd_kafka_consume_batch_queue(queue.get(), 1'000, batch.data(), batch.size());
    if (seen == 0 && count > 0) started = Clock::now();
    for (ssize_t i = 0; i < count; ++i) {
      if (batch[static_cast<std::size_t>(i)]->err == RD_KAFKA_RESP_ERR_NO_ERROR) ++seen;
      rd_kafka_message_destroy(batch[static_cast<std::size_t>(i)]);
    }
  }
  report("limit.consume", "limit: a consumer that touches nothing", "events/s", records,
         Clock::now() - started);
}

Handle open_producer(const std::string& brokers, const std::string& id) {
  auto producer = open(RD_KAFKA_PRODUCER, {{"bootstrap.servers", brokers},
                                           {"transactional.id", id},
                                           {"retry.backoff.ms", "1"},
                                           {"linger.ms", "0"},
                                           {"compression.codec", "lz4"},
                                           {"queue.buffering.max.messages", "1000000"},
                                           {"socket.nagle.disable", "true"}});
  check(rd_kafka_init_transactions(producer.get(), 30'000));
  // Else the first transaction waits a second for the topics' metadata.
  const struct rd_kafka_metadata* metadata = nullptr;
  check(rd_kafka_metadata(producer.get(), 1, nullptr, &metadata, 30'000));
  rd_kafka_metadata_destroy(metadata);
  return producer;
}

void produce(rd_kafka_t* producer, const char* topic, const rd_kafka_message_t& from, const void* value,
             std::size_t size) {
  check(rd_kafka_producev(producer, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(from.partition),
                          RD_KAFKA_V_KEY(from.key, from.key_len),
                          RD_KAFKA_V_VALUE(const_cast<void*>(value), size),
                          RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END));
}

/// One transaction: an event and an outcome for each record of `batch`, and the offsets behind them.
void copy_batch(rd_kafka_t* producer, rd_kafka_t* consumer, const std::vector<rd_kafka_message_t*>& batch,
                std::size_t count) {
  static constexpr std::array<char, 120> kOutcome{};
  check(rd_kafka_begin_transaction(producer));
  for (std::size_t i = 0; i < count; ++i) {
    produce(producer, "peer.events", *batch[i], batch[i]->payload, batch[i]->len);
    produce(producer, "peer.outcomes", *batch[i], kOutcome.data(), kOutcome.size());
  }
  rd_kafka_topic_partition_list_t* assigned = nullptr;
  check(rd_kafka_assignment(consumer, &assigned));
  const Partitions offsets(assigned);
  check(rd_kafka_position(consumer, offsets.get()));
  const Group group(rd_kafka_consumer_group_metadata(consumer));
  check(rd_kafka_send_offsets_to_transaction(producer, offsets.get(), group.get(), 30'000));
  check(rd_kafka_commit_transaction(producer, 30'000));
}

void copy(const std::string& brokers, int partitions, long records) {
  const std::array producers{open_producer(brokers, "bench.limits.a"),
                             open_producer(brokers, "bench.limits.b")};
  const auto consumer = open_consumer(brokers, "casetrail.commands", partitions);
  const Queue queue(rd_kafka_queue_get_consumer(consumer.get()));
  std::vector<rd_kafka_message_t*> batch(2'000);
  auto started = Clock::now();
  std::size_t turn = 0;
  for (long seen = 0; seen < records; ++turn) {
    const auto count = rd_kafka_consume_batch_queue(queue.get(), 1'000, batch.data(), batch.size());
    if (count <= 0) continue;
    if (seen == 0) started = Clock::now();
    copy_batch(producers[turn % 2].get(), consumer.get(), batch, static_cast<std::size_t>(count));
    for (ssize_t i = 0; i < count; ++i) rd_kafka_message_destroy(batch[static_cast<std::size_t>(i)]);
    seen += count;
  }
  report("limit.copy", "limit: consume, produce, commit, nothing else", "commands/s", records,
         Clock::now() - started);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view mode = argc == 5 ? argv[1] : "";
  try {
    if (mode == "consume") return consume(argv[2], std::atoi(argv[3]), std::atol(argv[4])), 0;
    if (mode == "copy") return copy(argv[2], std::atoi(argv[3]), std::atol(argv[4])), 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "limits: %s\n", error.what());
    return 3;
  }
  std::fprintf(stderr, "Expected: limits consume|copy BROKERS PARTITIONS RECORDS\n");
  return 2;
}
