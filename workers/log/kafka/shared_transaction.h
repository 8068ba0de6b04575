// A transaction that the writers of one thread share.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workers/log/kafka/transaction.h"

namespace casetrail::kafka {

/// The two transactional ids of a partition. A coordinator still finishes the last transaction of an id for
/// some milliseconds after its commit was answered; the next one takes the other id meanwhile.
class ProducerPair {
 public:
  ProducerPair(const KafkaOptions& options, log::Partition partition);

  /// Both at once, and waits for both.
  [[nodiscard]] log::LogResult<void> fence();

  [[nodiscard]] TransactionalProducer& next() { return producers_[turn_ = 1 - turn_]; }

 private:
  std::array<TransactionalProducer, 2> producers_;
  std::size_t turn_ = 1;
};

/// Lets what comes before the first wait travel together: a transaction costs the brokers some fifteen
/// requests however much it carries. The first partition of a transaction lends it a transactional id.
///
/// An owner of another partition in it has not fenced that id. What keeps a writer that lost its partitions
/// from it is the group (KIP-447): the brokers take input positions of the present generation only, an owner
/// of a later one waits until positions on their way are decided before it reads its own, and no partition of
/// an earlier generation is committed under a later one (`Membership::generation`). What a dead owner left
/// open ends when the partition that lent its id is fenced, which its new owner does first of all.
///
/// Used by one thread.
class SharedTransaction {
 public:
  /// What a partition learns of the transaction that it travels in; nothing before its end.
  using Ticket = std::shared_ptr<std::optional<log::CommitResult>>;

  /// Adds a batch to the transaction under way, or begins one with an id of `own`.
  [[nodiscard]] Ticket join(ProducerPair& own, log::Partition partition,
                            std::span<const log::Outgoing> records, log::Offset next_command,
                            std::shared_ptr<const KafkaGeneration> generation);

  /// Ends the transaction under way, if there is one.
  void end();

  /// `pair` goes away: ends the transaction that it lends an id. So none is under way when the last pair
  /// goes.
  void leave(const ProducerPair& pair);

 private:
  struct Traveller {
    log::Partition partition;
    Ticket ticket;
  };
  struct Journey {
    const ProducerPair* lender;
    TransactionalProducer& producer;
    std::shared_ptr<const KafkaGeneration> generation;
    std::vector<Traveller> travellers;
  };

  [[nodiscard]] bool takes(log::Partition partition, const KafkaGeneration& generation) const;

  std::optional<Journey> under_way_;
};

}  // namespace casetrail::kafka
