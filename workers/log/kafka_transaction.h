// One transactional id: fenced once, then one transaction after another until one ends badly.
#pragma once

#include <array>
#include <map>
#include <string>

#include "workers/log/kafka_handle.h"
#include "workers/log/kafka_membership.h"

namespace casetrail::kafka {

/// Used by one thread at a time.
class TransactionalProducer {
 public:
  TransactionalProducer(const KafkaOptions& options, std::string id);

  /// Makes a new producer and shuts out every earlier one of this id. 3–16 ms; half a second over an id that
  /// died within a transaction.
  [[nodiscard]] LogResult<void> fence();

  /// Begins a transaction. What fails in it is told by `end`.
  void begin();

  /// Sends `records` to `partition` of their topics; the group's input position of it will be `next`.
  void add(Partition partition, std::span<const Outgoing> records, Offset next);

  /// Commits what was added, or nothing of it. After `unknown` and `fenced` the producer is gone: 2.0.2 may
  /// let a late answer of the broker hit the next transaction of the same producer.
  [[nodiscard]] CommitResult end(const KafkaGeneration& generation);

  /// Of the transaction that was committed last: where the last event of `partition` lies; -1 when it has
  /// none.
  [[nodiscard]] Offset last_event(Partition partition) const;

 private:
  [[nodiscard]] LogResult<Handle> make_client();
  void learn_topics();
  [[nodiscard]] rd_kafka_resp_err_t send(Partition partition, const Outgoing& record);
  [[nodiscard]] Fault send_all(Partition partition, std::span<const Outgoing> records);
  [[nodiscard]] Fault send_inputs(const KafkaGeneration& generation);
  [[nodiscard]] CommitResult give_up(Fault fault);
  void discard();
  static void on_delivery(rd_kafka_t* client, const rd_kafka_message_t* message, void* opaque);

  KafkaOptions options_;
  std::string id_;
  std::string commands_;  ///< the input topic
  Handle client_;
  std::array<TopicHandle, 5> topics_;  ///< go before the client

  Fault fault_;                              ///< what went wrong first in this transaction
  std::map<Partition, Offset> inputs_;       ///< of this transaction, behind what was taken
  std::map<Partition, Offset> last_events_;  ///< of this transaction
};

}  // namespace casetrail::kafka
