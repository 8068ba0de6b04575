// Appends records outside of transactions, from any thread.
#pragma once

#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "workers/log/kafka/handle.h"

namespace casetrail::kafka {

/// An idempotent producer with a thread that brings the answers. When it fails for good, which 2.0.2 does
/// after some lost connections, that thread replaces it; appends are `unavailable` until then.
class Appender {
 public:
  [[nodiscard]] static log::LogResult<std::unique_ptr<Appender>> open(const KafkaOptions& options);

  explicit Appender(const KafkaOptions& options) : options_(options) {}
  ~Appender();
  Appender(const Appender&) = delete;
  Appender& operator=(const Appender&) = delete;

  /// Never waits.
  void append(log::Topic topic, log::Partition partition, const Message& message,
              log::EventLog::OnAppended done);

  /// For questions to the cluster; asked through it, a partition ends where committed records do. Stays valid
  /// while `lent` lives.
  [[nodiscard]] std::shared_ptr<rd_kafka_t> lent();

 private:
  [[nodiscard]] log::LogResult<std::shared_ptr<rd_kafka_t>> make_client() const;
  void run(const std::stop_token& stop);

  KafkaOptions options_;
  std::mutex mutex_;  ///< guards `client_`
  std::shared_ptr<rd_kafka_t> client_;
  std::jthread answers_;
};

}  // namespace casetrail::kafka
