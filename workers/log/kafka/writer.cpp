// What a partition's standing allows, before anything is sent.
#include "workers/log/kafka/writer.h"

#include <fmt/format.h>

#include <future>
#include <utility>

namespace casetrail::kafka {
namespace {

class KafkaWriter final : public log::PartitionWriter {
 public:
  KafkaWriter(const KafkaOptions& options, log::Partition partition,
              std::shared_ptr<SharedTransaction> shared)
      : partition_(partition), shared_(std::move(shared)), producers_(options, partition) {}

  ~KafkaWriter() override { shared_->leave(producers_); }

  KafkaWriter(const KafkaWriter&) = delete;
  KafkaWriter& operator=(const KafkaWriter&) = delete;

  log::Promised<log::LogResult<void>> start_fence() override {
    if (standing_ == Standing::lost)
      return log::answered<log::LogResult<void>>(
          std::unexpected(log::LogError{log::LogFailure::fenced, lost_text()}));
    return std::async(kAside, [this] {
      auto fenced = producers_.fence();
      standing_ = fenced ? Standing::owner : Standing::outside;
      return fenced;
    });
  }

  log::Promised<log::CommitResult> start_commit(
      std::vector<log::Outgoing>& records, log::Offset next_command,
      const std::shared_ptr<const log::Generation>& generation) override {
    auto own = std::dynamic_pointer_cast<const KafkaGeneration>(generation);
    if (own == nullptr || own->native() == nullptr)
      return log::answered<log::CommitResult>(
          {log::CommitOutcome::fenced, -1,
           fmt::format("The group has not given partition {} to this process. Wait for an assignment.",
                       partition_)});
    switch (standing_) {
      case Standing::lost:
        return log::answered<log::CommitResult>({log::CommitOutcome::fenced, -1, lost_text()});
      case Standing::outside:
        return log::answered<log::CommitResult>(
            {log::CommitOutcome::unknown, -1,
             fmt::format("Partition {} is not taken over. Call fence first.", partition_)});
      case Standing::owner: break;
    }
    auto ticket = shared_->join(producers_, partition_, records, next_command, std::move(own));
    return std::async(std::launch::deferred, [this, ticket = std::move(ticket)] {
      if (!*ticket) shared_->end();
      auto result = **ticket;
      if (result.outcome == log::CommitOutcome::fenced) standing_ = Standing::lost;
      if (result.outcome == log::CommitOutcome::unknown) standing_ = Standing::outside;
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
    return fmt::format("A commit of partition {} was fenced. Wait for an assignment and open it anew.",
                       partition_);
  }

  log::Partition partition_;
  std::shared_ptr<SharedTransaction> shared_;
  ProducerPair producers_;
  Standing standing_ = Standing::outside;
};

}  // namespace

std::unique_ptr<log::PartitionWriter> Writers::open(const KafkaOptions& options, log::Partition partition) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(shared_, [](const auto& entry) { return entry.second.expired(); });
  auto& known = shared_[std::this_thread::get_id()];
  auto shared = known.lock();
  if (shared == nullptr) known = shared = std::make_shared<SharedTransaction>();
  return std::make_unique<KafkaWriter>(options, partition, std::move(shared));
}

}  // namespace casetrail::kafka
