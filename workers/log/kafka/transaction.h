// One transactional id: fenced once, then one transaction after another until one ends badly.
#pragma once

#include <array>
#include <map>
#include <string>

#include "workers/log/kafka/handle.h"
#include "workers/log/kafka/membership.h"

namespace casetrail::kafka {

/// Used by one thread at a time.
class TransactionalProducer {
 public:
  TransactionalProducer(const KafkaOptions& options, std::string id);

  /// Makes a new producer and shuts out every earlier one of this id. 3–16 ms; half a second over an id that
  /// died within a transaction.
  [[nodiscard]] log::LogResult<void> fence();

  /// Begins a transaction. What fails in it is told by `end`.
  void begin();

  /// Sends `records` to `partition` of their topics; the group's input position of it will be `next`.
  void add(log::Partition partition, std::span<const log::Outgoing> records, log::Offset next);

  /// Commits what was added, or nothing of it. After `unknown` and `fenced` the producer is gone: 2.0.2 may
  /// let a late answer of the broker hit the next transaction of the same producer.
  [[nodiscard]] log::CommitResult end(const KafkaGeneration& generation);

  /// Of the transaction that was committed last: where the last event of `partition` lies; -1 when it has
  /// none.
  [[nodiscard]] log::Offset last_event(log::Partition partition) const;

 private:
  [[nodiscard]] log::LogResult<Handle> make_client();
  void learn_topics();
  [[nodiscard]] rd_kafka_resp_err_t send(log::Partition partition, const log::Outgoing& record);
  [[nodiscard]] Fault send_all(log::Partition partition, std::span<const log::Outgoing> records);
  [[nodiscard]] Fault send_inputs(const KafkaGeneration& generation);
  [[nodiscard]] log::CommitResult give_up(Fault fault);
  void discard();
  static void on_delivery(rd_kafka_t* client, const rd_kafka_message_t* message, void* opaque);

  KafkaOptions options_;
  std::string id_;
  std::string commands_;  ///< the input topic
  Handle client_;
  std::array<TopicHandle, enum_names(log::Topic{}).size()> topics_;  ///< go before the client

  Fault fault_;                                        ///< what went wrong first in this transaction
  std::map<log::Partition, log::Offset> inputs_;       ///< of this transaction, behind what was taken
  std::map<log::Partition, log::Offset> last_events_;  ///< of this transaction
};

}  // namespace casetrail::kafka
