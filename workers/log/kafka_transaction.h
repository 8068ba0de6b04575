// One transactional id: fenced once, then one transaction after another until one ends badly.
#pragma once

#include <array>
#include <string>

#include "workers/log/kafka_handle.h"
#include "workers/log/kafka_membership.h"

namespace casetrail::kafka {

/// Used by one thread at a time.
class TransactionalProducer {
 public:
  /// The input position that a transaction carries.
  struct Input {
    const std::string& topic;
    Partition partition;
    Offset next;
    const KafkaGeneration& generation;
  };

  TransactionalProducer(const KafkaOptions& options, std::string id, Partition partition);

  /// Makes a new producer and shuts out every earlier one of this id. 3–16 ms; half a second over an id that
  /// died within a transaction.
  [[nodiscard]] LogResult<void> fence();

  [[nodiscard]] bool ready() const { return client_ != nullptr; }

  /// Runs a whole transaction. After `unknown` and `fenced` the producer is gone: 2.0.2 may let a late answer
  /// of the broker hit the next transaction of the same producer.
  [[nodiscard]] CommitResult commit(std::span<const Outgoing> records, const Input& input);

 private:
  [[nodiscard]] LogResult<Handle> make_client();
  void learn_topics();
  [[nodiscard]] rd_kafka_resp_err_t send(const Outgoing& record);
  [[nodiscard]] Fault send_all(std::span<const Outgoing> records);
  [[nodiscard]] Fault send_input(const Input& input);
  [[nodiscard]] CommitResult give_up(Fault fault);
  void discard();
  static void on_delivery(rd_kafka_t* client, const rd_kafka_message_t* message, void* opaque);

  KafkaOptions options_;
  std::string id_;
  Partition partition_;
  Offset last_event_ = -1;
  Handle client_;
  std::array<TopicHandle, 5> topics_;  ///< go before the client
};

}  // namespace casetrail::kafka
