// Makes clients of librdkafka, and sentences of its errors.
#include "workers/log/kafka/handle.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <syslog.h>

#include <array>
#include <utility>

#include "workers/log/kafka/statistics.h"

namespace casetrail::kafka {
namespace {

/// What a client calls an error or a warning it mends by itself: a coordinator that still loads, a broker
/// that is away. What goes wrong for good comes back from the call that met it.
void log_line(const rd_kafka_t* client, int level, const char* facility, const char* text) {
  const auto severity = level <= LOG_CRIT   ? spdlog::level::err
                        : level == LOG_ERR  ? spdlog::level::warn
                        : level <= LOG_INFO ? spdlog::level::info
                                            : spdlog::level::debug;
  spdlog::log(severity, "kafka {}: {}: {}", rd_kafka_name(client), facility, text);
}

void log_error(rd_kafka_t* client, int code, const char* reason, void* /*opaque*/) {
  spdlog::warn("kafka {}: {}: {}", rd_kafka_name(client),
               rd_kafka_err2name(static_cast<rd_kafka_resp_err_t>(code)), reason);
}

int take_statistics(rd_kafka_t* /*client*/, char* json, std::size_t size, void* /*opaque*/) {
  statistics().heard({json, size}, Statistics::Clock::now());
  return 0;  // librdkafka frees it
}

std::string_view remedy(log::LogFailure failure) {
  switch (failure) {
    case log::LogFailure::unavailable: return "Check that the brokers run and can be reached from here.";
    case log::LogFailure::unknown: return "Read the log to learn whether it happened.";
    case log::LogFailure::fenced: return "Leave the partition to its new owner.";
    case log::LogFailure::out_of_range:
      return "Start from an offset that the topic still holds, and check its retention.";
    case log::LogFailure::refused:
      return "Compare the topics and the permissions with what `casetrail topics check` expects.";
  }
  std::unreachable();
}

}  // namespace

Settings::Settings(const KafkaOptions& options, std::initializer_list<Property> tunables)
    : conf_(rd_kafka_conf_new()) {
  rd_kafka_conf_set_log_cb(conf_.get(), log_line);
  rd_kafka_conf_set_error_cb(conf_.get(), log_error);
  require("client.id", options.client_id);
  require("socket.nagle.disable", "true");
  require("reconnect.backoff.max.ms", "1000");
  // When a leader dies the client asks at once who leads now, which is too early, and then not for five
  // minutes.
  require("topic.metadata.refresh.interval.ms", "2000");
  // What a silent broker was asked is asked again elsewhere after this.
  require("socket.timeout.ms", "10000");
  for (const auto& [name, value] : tunables) require(name, value);
  for (const auto& [name, value] : options.properties) require(name, value);
  require("bootstrap.servers", options.brokers);
}

Settings& Settings::require(std::string_view name, const std::string& value) {
  std::array<char, 256> reason{};
  const std::string key(name);
  if (rd_kafka_conf_set(conf_.get(), key.c_str(), value.c_str(), reason.data(), reason.size()) !=
      RD_KAFKA_CONF_OK)
    problem_ = reason.data();
  return *this;
}

Settings& Settings::tell_statistics() {
  rd_kafka_conf_set_stats_cb(conf_.get(), take_statistics);
  return require("statistics.interval.ms", std::to_string(Statistics::kEvery.count()));
}

log::LogResult<Handle> Settings::create(rd_kafka_type_t type) && {
  std::array<char, 512> reason{};
  if (problem_.empty()) {
    if (Handle client{rd_kafka_new(type, conf_.get(), reason.data(), reason.size())}) {
      std::ignore = conf_.release();  // the client owns it now
      return client;
    }
    problem_ = reason.data();
  }
  return std::unexpected(log::LogError{
      log::LogFailure::refused,
      fmt::format("A Kafka client could not be made: {}. Correct the Kafka properties.", problem_)});
}

log::LogFailure failure_of(rd_kafka_resp_err_t code) {
  switch (code) {  // what is not named here may pass by itself
    case RD_KAFKA_RESP_ERR__FENCED:
    case RD_KAFKA_RESP_ERR_PRODUCER_FENCED:
    case RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:
    case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
    case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID: return log::LogFailure::fenced;
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE: return log::LogFailure::out_of_range;
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_INVALID_RECORD:
    case RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP:
    case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
    case RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
    case RD_KAFKA_RESP_ERR__INVALID_ARG: return log::LogFailure::refused;
    default: return log::LogFailure::unavailable;
  }
}

log::LogError error_of(rd_kafka_resp_err_t code, std::string_view task, std::string_view reason) {
  const auto failure = failure_of(code);
  return {failure, fmt::format("Kafka did not {}: {}. {}", task,
                               reason.empty() ? rd_kafka_err2str(code) : reason, remedy(failure))};
}

std::string topic_name(const KafkaOptions& options, log::Topic topic) {
  return options.prefix + std::string(enum_names(topic)[static_cast<std::size_t>(topic)]);
}

rd_kafka_headers_t* native(const Headers& headers) {
  auto* made = rd_kafka_headers_new(headers.size());
  for (const auto& [name, value] : headers) {
    rd_kafka_header_add(made, name.data(), static_cast<ssize_t>(name.size()), value.data(),
                        static_cast<ssize_t>(value.size()));
  }
  return made;
}

log::LogResult<Metadata> metadata(rd_kafka_t* client, Scope scope, Duration timeout) {
  const rd_kafka_metadata_t* answer = nullptr;
  const auto code =
      rd_kafka_metadata(client, scope == Scope::all ? 1 : 0, nullptr, &answer, milliseconds(timeout));
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return std::unexpected(error_of(code, "describe its topics"));
  return Metadata(answer);
}

}  // namespace casetrail::kafka
