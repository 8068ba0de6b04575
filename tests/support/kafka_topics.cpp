// The admin calls of librdkafka; each throws what the broker refused.
#include "tests/support/kafka_topics.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <span>
#include <stdexcept>
#include <thread>

#include "tests/support/must.h"
#include "workers/log/kafka/kafka_log.h"

namespace casetrail {
namespace {

template <auto destroy>
struct Destroy {
  void operator()(auto* it) const { destroy(it); }
};
template <class Type, auto destroy>
using Owned = std::unique_ptr<Type, Destroy<destroy>>;

using NewTopic = Owned<rd_kafka_NewTopic_t, rd_kafka_NewTopic_destroy>;
using DeleteTopic = Owned<rd_kafka_DeleteTopic_t, rd_kafka_DeleteTopic_destroy>;
using NewPartitions = Owned<rd_kafka_NewPartitions_t, rd_kafka_NewPartitions_destroy>;

constexpr int kPatienceMs = 60'000;

/// The topics of an answer of any kind.
std::span<const rd_kafka_topic_result_t* const> results_in(rd_kafka_event_t* answer) {
  std::size_t count = 0;
  const rd_kafka_topic_result_t* const* results = nullptr;
  if (const auto* created = rd_kafka_event_CreateTopics_result(answer))
    results = rd_kafka_CreateTopics_result_topics(created, &count);
  if (const auto* added = rd_kafka_event_CreatePartitions_result(answer))
    results = rd_kafka_CreatePartitions_result_topics(added, &count);
  if (const auto* deleted = rd_kafka_event_DeleteTopics_result(answer))
    results = rd_kafka_DeleteTopics_result_topics(deleted, &count);
  return {results, count};
}

/// `call` is an admin call of librdkafka over `requests`.
template <class Request, class Call>
void carry_out(const kafka::KafkaOptions& options, const std::vector<Request>& requests, Call call) {
  std::array<char, 256> reason{};
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  rd_kafka_conf_set(conf, "bootstrap.servers", options.brokers.c_str(), reason.data(), reason.size());
  const Owned<rd_kafka_t, rd_kafka_destroy> client(
      rd_kafka_new(RD_KAFKA_PRODUCER, conf, reason.data(), reason.size()));
  if (!client) throw std::runtime_error(reason.data());
  const Owned<rd_kafka_queue_t, rd_kafka_queue_destroy> queue(rd_kafka_queue_new(client.get()));
  std::vector<typename Request::pointer> raw;
  raw.reserve(requests.size());
  for (const auto& request : requests) raw.push_back(request.get());
  call(client.get(), raw.data(), raw.size(), nullptr, queue.get());
  const Owned<rd_kafka_event_t, rd_kafka_event_destroy> answer(rd_kafka_queue_poll(queue.get(), kPatienceMs));
  if (!answer || rd_kafka_event_error(answer.get()) != RD_KAFKA_RESP_ERR_NO_ERROR)
    throw std::runtime_error(answer ? rd_kafka_event_error_string(answer.get()) : "The broker is silent.");
  for (const auto* result : results_in(answer.get())) {
    if (rd_kafka_topic_result_error(result) != RD_KAFKA_RESP_ERR_NO_ERROR)
      throw std::runtime_error(rd_kafka_topic_result_error_string(result));
  }
}

std::string name_of(const kafka::KafkaOptions& options, log::Topic topic) {
  return options.prefix + std::string(enum_names(topic)[static_cast<std::size_t>(topic)]);
}

}  // namespace

void create_topic(const kafka::KafkaOptions& options, log::Topic topic,
                  const std::vector<std::pair<std::string, std::string>>& settings) {
  std::vector<NewTopic> requests;
  auto& request =
      requests.emplace_back(rd_kafka_NewTopic_new(name_of(options, topic).c_str(), 1, 1, nullptr, 0));
  for (const auto& [name, value] : settings)
    rd_kafka_NewTopic_set_config(request.get(), name.c_str(), value.c_str());
  carry_out(options, requests, rd_kafka_CreateTopics);
}

void add_partitions(const kafka::KafkaOptions& options, const std::vector<log::Topic>& topics,
                    log::Partition partitions) {
  std::vector<NewPartitions> requests;
  requests.reserve(topics.size());
  for (const auto topic : topics) {
    requests.emplace_back(rd_kafka_NewPartitions_new(name_of(options, topic).c_str(),
                                                     static_cast<std::size_t>(partitions), nullptr, 0));
  }
  carry_out(options, requests, rd_kafka_CreatePartitions);
  // The controller has them before every broker tells of them.
  const auto told = [&](const log::TopicReport& report) {
    return std::ranges::find(topics, report.topic) == topics.end() || report.partitions == partitions;
  };
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!std::ranges::all_of(must(must(kafka::open_kafka_log(options))->check_topics()), told)) {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("The partitions do not come.");
    std::this_thread::sleep_for(Duration{50});
  }
}

void delete_topics(const kafka::KafkaOptions& options) {
  std::vector<DeleteTopic> requests;
  for (std::size_t topic = 0; topic < enum_names(log::Topic{}).size(); ++topic)
    requests.emplace_back(rd_kafka_DeleteTopic_new(name_of(options, static_cast<log::Topic>(topic)).c_str()));
  carry_out(options, requests, rd_kafka_DeleteTopics);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (must(kafka::open_kafka_log(options))->partitions() != 0) {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("The topics do not go away.");
    std::this_thread::sleep_for(Duration{50});
  }
}

}  // namespace casetrail
