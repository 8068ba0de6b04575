// Keeps each append's answer with its record until the broker's delivery report comes.
#include "workers/log/kafka/appender.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <utility>
#include <vector>

namespace casetrail::kafka {
namespace {

constexpr std::chrono::seconds kReplaceEvery{1};

/// Rides on the record through librdkafka.
struct Pending {
  log::EventLog::OnAppended done;
};

log::LogError undelivered(const rd_kafka_message_t& message) {
  auto error = error_of(message.err,
                        fmt::format("append to {}/{}", rd_kafka_topic_name(message.rkt), message.partition));
  if (error.failure == log::LogFailure::unavailable &&
      rd_kafka_message_status(&message) == RD_KAFKA_MSG_STATUS_POSSIBLY_PERSISTED) {
    error.failure = log::LogFailure::unknown;
  }
  return error;
}

void on_delivery(rd_kafka_t* /*client*/, const rd_kafka_message_t* message, void* /*opaque*/) {
  const std::unique_ptr<Pending> pending(static_cast<Pending*>(message->_private));
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    pending->done(message->offset);
  } else {
    pending->done(std::unexpected(undelivered(*message)));
  }
}

rd_kafka_resp_err_t produce(rd_kafka_t* client, const std::string& topic, log::Partition partition,
                            const Message& message, Pending* pending) {
  auto* headers = native(message.headers);
  const auto code = rd_kafka_producev(
      client, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(partition),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(message.key.data(), message.key.size()),
      RD_KAFKA_V_VALUE(const_cast<char*>(message.value.data()), message.value.size()),
      RD_KAFKA_V_TIMESTAMP(epoch_ms(message.timestamp)), RD_KAFKA_V_HEADERS(headers),
      RD_KAFKA_V_OPAQUE(pending), RD_KAFKA_V_END);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) rd_kafka_headers_destroy(headers);
  return code;
}

/// Waits for what is under way; what the broker does not answer in time is answered as undelivered.
void close_client(rd_kafka_t* client) {
  if (rd_kafka_flush(client, 5'000) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(client, 1'000);
  }
  rd_kafka_destroy(client);
}

}  // namespace

log::LogResult<std::unique_ptr<Appender>> Appender::open(const KafkaOptions& options) {
  auto appender = std::make_unique<Appender>(options);
  auto client = appender->make_client();
  if (!client) return std::unexpected(std::move(client.error()));
  appender->client_ = std::move(*client);
  appender->answers_ =
      std::jthread([self = appender.get()](const std::stop_token& stop) { self->run(stop); });
  return appender;
}

Appender::~Appender() {
  answers_.request_stop();
  if (answers_.joinable()) answers_.join();
}

log::LogResult<std::shared_ptr<rd_kafka_t>> Appender::make_client() const {
  Settings settings(options_, {{"compression.codec", options_.compression},
                               {"linger.ms", "0"},
                               {"message.timeout.ms", "30000"},
                               {"message.max.bytes", "4194304"}});
  settings.require("enable.idempotence", "true").tell_statistics();
  rd_kafka_conf_set_dr_msg_cb(settings.native(), on_delivery);
  auto client = std::move(settings).create(RD_KAFKA_PRODUCER);
  if (!client) return std::unexpected(std::move(client.error()));
  return std::shared_ptr<rd_kafka_t>(client->release(), close_client);
}

std::shared_ptr<rd_kafka_t> Appender::lent() {
  const std::lock_guard lock(mutex_);
  return client_;
}

void Appender::run(const std::stop_token& stop) {
  std::vector<std::shared_ptr<rd_kafka_t>> retired;
  std::chrono::steady_clock::time_point next{};
  while (!stop.stop_requested()) {
    const auto client = lent();
    rd_kafka_poll(client.get(), 100);
    // Closing one waits, and nobody else may be the last to hold it.
    std::erase_if(retired, [](const auto& each) { return each.use_count() == 1; });
    if (rd_kafka_fatal_error(client.get(), nullptr, 0) == RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    // Who may write nothing gets no producer id, now or later: the next one fails as soon as it is made.
    const auto now = std::chrono::steady_clock::now();
    if (now < next) continue;
    next = now + kReplaceEvery;
    auto fresh = make_client();
    if (!fresh) {
      spdlog::error("kafka: {}", fresh.error().what);
      continue;
    }
    spdlog::warn("kafka: the appending client failed for good and is replaced");
    rd_kafka_purge(client.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    retired.push_back(client);
    const std::lock_guard lock(mutex_);
    client_ = *std::move(fresh);
  }
}

void Appender::append(log::Topic topic, log::Partition partition, const Message& message,
                      log::EventLog::OnAppended done) {
  const auto name = topic_name(options_, topic);
  auto pending = std::make_unique<Pending>(std::move(done));
  const auto code = produce(lent().get(), name, partition, message, pending.get());
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
    std::ignore = pending.release();  // comes back with the delivery report
    return;
  }
  pending->done(std::unexpected(error_of(code, fmt::format("append to {}/{}", name, partition))));
}

}  // namespace casetrail::kafka
