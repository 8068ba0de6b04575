// librdkafka's C handles as owned values, and its error codes as ours. Only files of this adapter include it.
#pragma once

#include <librdkafka/rdkafka.h>

#include <future>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "workers/log/event_log.h"
#include "workers/log/kafka/options.h"

namespace casetrail::kafka {

template <auto destroy>
struct Destroy {
  template <class T>
  void operator()(T* handle) const {
    destroy(handle);
  }
};

/// On a thread of its own; where the system has none to give, when it is waited for.
inline constexpr auto kAside = std::launch::async | std::launch::deferred;

using Handle = std::unique_ptr<rd_kafka_t, Destroy<rd_kafka_destroy>>;
using TopicHandle = std::unique_ptr<rd_kafka_topic_t, Destroy<rd_kafka_topic_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Destroy<rd_kafka_queue_destroy>>;
using Fault = std::unique_ptr<rd_kafka_error_t, Destroy<rd_kafka_error_destroy>>;
using PartitionList =
    std::unique_ptr<rd_kafka_topic_partition_list_t, Destroy<rd_kafka_topic_partition_list_destroy>>;
using MessageHandle = std::unique_ptr<rd_kafka_message_t, Destroy<rd_kafka_message_destroy>>;
using Metadata = std::unique_ptr<const rd_kafka_metadata_t, Destroy<rd_kafka_metadata_destroy>>;

/// The configuration of one client. What the operator's file says stands above `tunables`; what `require`
/// says stands above both, for correctness hangs on it.
class Settings {
 public:
  struct Property {
    std::string_view name;
    std::string value;
  };

  Settings(const KafkaOptions& options, std::initializer_list<Property> tunables);
  Settings& require(std::string_view name, const std::string& value);

  /// Has the client tell `statistics()` of itself, within its polls. For clients that are polled as long as
  /// they live: else what they tell piles up.
  Settings& tell_statistics();

  /// For callbacks.
  [[nodiscard]] rd_kafka_conf_t* native() { return conf_.get(); }

  /// Makes the client; refused when a property is unknown or wrong.
  [[nodiscard]] log::LogResult<Handle> create(rd_kafka_type_t type) &&;

 private:
  std::unique_ptr<rd_kafka_conf_t, Destroy<rd_kafka_conf_destroy>> conf_;
  std::string problem_;
};

[[nodiscard]] log::LogFailure failure_of(rd_kafka_resp_err_t code);

/// "Kafka did not <task>: <reason>. <remedy>".
[[nodiscard]] log::LogError error_of(rd_kafka_resp_err_t code, std::string_view task,
                                     std::string_view reason = {});

[[nodiscard]] std::string topic_name(const KafkaOptions& options, log::Topic topic);

/// Owned by whoever takes the record, or else by the caller.
[[nodiscard]] rd_kafka_headers_t* native(const Headers& headers);

[[nodiscard]] inline int milliseconds(Duration duration) { return static_cast<int>(duration.count()); }

enum class Scope {
  used,  ///< the topics that this client has handles of
  all,
};
/// What the cluster says about its topics. The client remembers it.
[[nodiscard]] log::LogResult<Metadata> metadata(rd_kafka_t* client, Scope scope, Duration timeout);

}  // namespace casetrail::kafka
