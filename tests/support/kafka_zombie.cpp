// Speaks to librdkafka directly, for the adapter leaves no transaction open.
#include "tests/support/kafka_zombie.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <array>
#include <stdexcept>

namespace casetrail {

struct Zombie::Client {
  rd_kafka_t* handle;
  ~Client() {
    rd_kafka_purge(handle, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_destroy(handle);
  }
};

namespace {

void must(rd_kafka_error_t* error) {
  if (error == nullptr) return;
  const std::string text = rd_kafka_error_string(error);
  rd_kafka_error_destroy(error);
  throw std::runtime_error(text);
}

rd_kafka_t* producer(const kafka::KafkaOptions& options, const std::string& id) {
  std::array<char, 256> reason{};
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  rd_kafka_conf_set(conf, "bootstrap.servers", options.brokers.c_str(), reason.data(), reason.size());
  rd_kafka_conf_set(conf, "transactional.id", id.c_str(), reason.data(), reason.size());
  return rd_kafka_new(RD_KAFKA_PRODUCER, conf, reason.data(), reason.size());
}

}  // namespace

Zombie::Zombie(const kafka::KafkaOptions& options, log::Topic topic, log::Partition partition,
               const std::string& value)
    : Zombie(options, topic, partition, value, fmt::format("{}casetrail-{}-a", options.prefix, partition)) {}

Zombie::Zombie(const kafka::KafkaOptions& options, log::Topic topic, log::Partition partition,
               const std::string& value, const std::string& id)
    : client_(new Client{producer(options, id)}) {
  must(rd_kafka_init_transactions(client_->handle, 10'000));
  must(rd_kafka_begin_transaction(client_->handle));
  const auto name = options.prefix + std::string(enum_names(topic)[static_cast<std::size_t>(topic)]);
  rd_kafka_producev(client_->handle, RD_KAFKA_V_TOPIC(name.c_str()), RD_KAFKA_V_PARTITION(partition),
                    RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                    RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()), RD_KAFKA_V_END);
  rd_kafka_flush(client_->handle, 10'000);
}

Zombie::~Zombie() = default;

void Zombie::take_input(const std::string& group, const std::string& input, log::Offset next) {
  auto* offsets = rd_kafka_topic_partition_list_new(1);
  rd_kafka_topic_partition_list_add(offsets, input.c_str(), 0)->offset = next;
  auto* metadata = rd_kafka_consumer_group_metadata_new(group.c_str());
  auto* error = rd_kafka_send_offsets_to_transaction(client_->handle, offsets, metadata, 10'000);
  rd_kafka_consumer_group_metadata_destroy(metadata);
  rd_kafka_topic_partition_list_destroy(offsets);
  must(error);
}

std::string Zombie::commit() {
  rd_kafka_error_t* error = rd_kafka_commit_transaction(client_->handle, 10'000);
  if (error == nullptr) return "committed";
  std::string name = rd_kafka_error_name(error);
  rd_kafka_error_destroy(error);
  return name;
}

}  // namespace casetrail
