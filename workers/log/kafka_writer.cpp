// Takes two transactional producers in turn.
#include "workers/log/kafka_writer.h"

#include <fmt/format.h>

#include <array>
#include <future>

#include "workers/log/kafka_transaction.h"

namespace casetrail::kafka {
namespace {

/// On a thread of its own; where the system has none to give, when it is waited for.
constexpr auto kAside = std::launch::async | std::launch::deferred;

class KafkaWriter final : public PartitionWriter {
 public:
  KafkaWriter(const KafkaOptions& options, Partition partition)
      : commands_(topic_name(options, Topic::commands)),
        partition_(partition),
        producers_{{{options, fmt::format("{}casetrail-{}-a", options.prefix, partition), partition},
                    {options, fmt::format("{}casetrail-{}-b", options.prefix, partition), partition}}} {}

  Promised<LogResult<void>> start_fence() override {
    if (standing_ == Standing::lost)
      return answered<LogResult<void>>(std::unexpected(LogError{LogFailure::fenced, lost_text()}));
    return std::async(kAside, [this] {
      auto second = std::async(kAside, [this] { return producers_[1].fence(); });
      auto fenced = producers_[0].fence();
      if (auto other = second.get(); fenced && !other) fenced = std::move(other);
      standing_ = fenced ? Standing::owner : Standing::outside;
      return fenced;
    });
  }

  Promised<CommitResult> start_commit(std::span<const Outgoing> records, Offset next_command,
                                      const std::shared_ptr<const Generation>& generation) override {
    auto own = std::dynamic_pointer_cast<const KafkaGeneration>(generation);
    if (own == nullptr || own->native() == nullptr)
      return answered<CommitResult>(
          {CommitOutcome::fenced, -1,
           fmt::format("No group stands behind partition {}. Join it first.", partition_)});
    switch (standing_) {
      case Standing::lost: return answered<CommitResult>({CommitOutcome::fenced, -1, lost_text()});
      case Standing::outside:
        return answered<CommitResult>(
            {CommitOutcome::unknown, -1,
             fmt::format("Partition {} is not taken over. Call fence first.", partition_)});
      case Standing::owner: break;
    }
    return std::async(kAside, [this, records, next_command, own = std::move(own)] {
      auto result = producers_[turn_].commit(records, {commands_, partition_, next_command, *own});
      turn_ = 1 - turn_;
      if (result.outcome == CommitOutcome::fenced) standing_ = Standing::lost;
      if (result.outcome == CommitOutcome::unknown) standing_ = Standing::outside;
      return result;
    });
  }

 private:
  enum class Standing {
    outside,  ///< before `fence`, or after a transaction whose end nobody knows
    owner,
    lost,  ///< fenced: taking over again would shut out the rightful owner
  };

  [[nodiscard]] std::string lost_text() const {
    return fmt::format("Partition {} belongs to another writer now. Wait for an assignment and open it anew.",
                       partition_);
  }

  std::string commands_;
  Partition partition_;
  std::array<TransactionalProducer, 2> producers_;
  std::size_t turn_ = 0;
  Standing standing_ = Standing::outside;
};

}  // namespace

std::unique_ptr<PartitionWriter> open_writer(const KafkaOptions& options, Partition partition) {
  return std::make_unique<KafkaWriter>(options, partition);
}

}  // namespace casetrail::kafka
