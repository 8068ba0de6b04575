// Sends at once, commits when somebody waits.
#include "workers/log/kafka/shared_transaction.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <utility>

namespace casetrail::kafka {

ProducerPair::ProducerPair(const KafkaOptions& options, log::Partition partition)
    : producers_{{{options, fmt::format("{}casetrail-{}-a", options.prefix, partition)},
                  {options, fmt::format("{}casetrail-{}-b", options.prefix, partition)}}} {}

log::LogResult<void> ProducerPair::fence() {
  auto second = std::async(kAside, [this] { return producers_[1].fence(); });
  auto fenced = producers_[0].fence();
  if (auto other = second.get(); fenced && !other) fenced = std::move(other);
  return fenced;
}

bool SharedTransaction::takes(log::Partition partition, const KafkaGeneration& generation) const {
  return under_way_->generation.get() == &generation &&
         std::ranges::find(under_way_->travellers, partition, &Traveller::partition) ==
             under_way_->travellers.end();
}

SharedTransaction::Ticket SharedTransaction::join(ProducerPair& own, log::Partition partition,
                                                  std::span<const log::Outgoing> records,
                                                  log::Offset next_command,
                                                  std::shared_ptr<const KafkaGeneration> generation) {
  if (under_way_ && !takes(partition, *generation)) end();
  if (!under_way_) {
    under_way_.emplace(&own, own.next(), std::move(generation), std::vector<Traveller>{});
    under_way_->producer.begin();
  }
  under_way_->producer.add(partition, records, next_command);
  under_way_->travellers.push_back({partition, std::make_shared<std::optional<log::CommitResult>>()});
  return under_way_->travellers.back().ticket;
}

void SharedTransaction::end() {
  if (!under_way_) return;
  const auto journey = *std::exchange(under_way_, std::nullopt);
  auto result = journey.producer.end(*journey.generation);
  for (const auto& [partition, ticket] : journey.travellers) {
    if (result.outcome == log::CommitOutcome::committed)
      result.last_event = journey.producer.last_event(partition);
    *ticket = result;
  }
}

void SharedTransaction::leave(const ProducerPair& pair) {
  if (under_way_ && under_way_->lender == &pair) end();
}

}  // namespace casetrail::kafka
