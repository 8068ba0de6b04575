// What the Kafka adapter must be told: where the cluster is, how to speak to it, how much to hold.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail::kafka {

struct KafkaOptions {
  using Properties = std::vector<std::pair<std::string, std::string>>;

  std::string brokers;  ///< `host:port`, separated by commas
  std::string client_id = "casetrail";
  /// Stands before every topic, group and transactional id, so that one cluster can carry several engines.
  /// Processes of one engine share it: transactional ids are what shuts a dead owner out.
  std::string prefix;
  std::string compression = "lz4";  ///< of what is written: a codec that librdkafka knows, or `none`
  Properties properties;            ///< librdkafka's own, such as TLS and SASL; see `read_kafka_properties`

  Duration session_timeout{6'000};  ///< a member that is silent for longer loses its partitions
  /// Of a call that a worker waits for, while its other partitions wait too. After it the result of a
  /// transaction is unknown.
  Duration call_timeout{5'000};
  Duration request_timeout{15'000};  ///< of everything else
  /// Bytes of memory that one reader may fill with what it fetches ahead.
  std::size_t prefetch_bytes = std::size_t{256} << 20;
};

/// Reads `key=value` lines; empty lines and lines that start with `#` are passed over. Secrets belong into
/// such a file, not on a command line.
[[nodiscard]] log::LogResult<KafkaOptions::Properties> read_kafka_properties(
    const std::filesystem::path& file);

/// Why a sign-in by SCRAM fails at Kafka 4, where `properties` ask for it and librdkafka is of `version`
/// (`rd_kafka_version`): before 2.6.1 it sends another nonce than RFC 5802 has it (its pull request 4895). A
/// sentence with the remedy; empty: that is not why.
[[nodiscard]] std::string scram_trouble(const KafkaOptions::Properties& properties, int version);

}  // namespace casetrail::kafka
