// The scripted log's reader and writer.
#include <algorithm>

#include "tests/support/memory_log_state.h"

namespace casetrail {

namespace {

class MemoryReader final : public log::Reader {
 public:
  MemoryReader(MemoryLog::State& state, log::Topic topic) : state_(state), topic_(topic) {}

  log::LogResult<void> start(log::Partition partition, log::Offset from) override {
    const PartitionLog* log = state_.find(topic_, partition);
    if (log == nullptr) {
      return std::unexpected(
          log::LogError{log::LogFailure::refused, "There is no such partition; create the topics."});
    }
    if (auto ok = in_range(*log, from); !ok) return ok;
    positions_[partition] = from;
    failed_.erase(partition);
    return {};
  }

  void stop(log::Partition partition) override {
    positions_.erase(partition);
    failed_.erase(partition);
  }

  log::ReadResult read(std::size_t max, Duration /*wait*/) override {
    records_.clear();
    // Copied, and the old copies freed, so that a sanitizer sees whoever keeps a record too long.
    copies_ = std::make_unique<std::deque<Copy>>();
    if (auto ok = state_.scripted(MemoryLog::Call::read); !ok)
      return std::unexpected(log::ReadError{ok.error(), std::nullopt});
    if (auto failed = next_failure()) return std::unexpected(*std::move(failed));
    max = std::min(max, state_.longest_read.value_or(max));
    for (auto& [partition, position] : positions_) {
      if (failed_.contains(partition)) continue;
      const PartitionLog& log = *state_.find(topic_, partition);
      while (position < log.stable() && records_.size() < max) {
        const Entry& entry = log.at(position);
        if (entry.state == EntryState::committed) deliver(partition, position, entry.message);
        ++position;
      }
      // Markers are passed over as soon as nothing else stands before them.
      while (position < log.stable() && log.at(position).state != EntryState::committed) ++position;
    }
    return std::span<const log::Record>(records_);
  }

  log::Offset position(log::Partition partition) const override { return positions_.at(partition); }

 private:
  struct Copy {
    Message message;
    std::vector<HeaderView> headers;
  };

  std::optional<log::ReadError> next_failure() {
    for (const auto& [partition, position] : positions_) {
      if (failed_.contains(partition)) continue;
      auto ok = in_range(*state_.find(topic_, partition), position);
      if (ok) ok = state_.scripted_read(topic_, partition);
      if (ok) continue;
      failed_.insert(partition);
      return log::ReadError{ok.error(), partition};
    }
    return std::nullopt;
  }

  static log::LogResult<void> in_range(const PartitionLog& log, log::Offset from) {
    if (from >= log.low && from <= log.high()) return {};
    return std::unexpected(
        log::LogError{log::LogFailure::out_of_range, "The offset is not in the log; start at one that is."});
  }

  void deliver(log::Partition partition, log::Offset offset, const Message& message) {
    Copy& copy = copies_->emplace_back(message, std::vector<HeaderView>{});
    for (const auto& header : copy.message.headers) copy.headers.push_back(header);
    records_.push_back(
        {partition, offset, {copy.message.key, copy.message.value, copy.headers, copy.message.timestamp}});
  }

  MemoryLog::State& state_;
  log::Topic topic_;
  std::map<log::Partition, log::Offset> positions_;
  std::set<log::Partition> failed_;
  std::unique_ptr<std::deque<Copy>> copies_;
  std::vector<log::Record> records_;
};

class MemoryWriter final : public log::PartitionWriter {
 public:
  MemoryWriter(MemoryLog::State& state, log::Partition partition) : state_(state), partition_(partition) {}

  log::Promised<log::LogResult<void>> start_fence() override {
    const auto held = state_.held_fences.find(partition_);
    if (held == state_.held_fences.end()) return log::answered(fence_now());
    const auto fence =
        std::make_shared<std::packaged_task<log::LogResult<void>()>>([this] { return fence_now(); });
    held->second = [fence] { (*fence)(); };
    return fence->get_future();
  }

  log::Promised<log::CommitResult> start_commit(
      std::vector<log::Outgoing>& records, log::Offset next_command,
      const std::shared_ptr<const log::Generation>& generation) override {
    state_.most_commits_at_once = std::max(state_.most_commits_at_once, ++state_.commits_under_way);
    auto journey = join(generation);
    if (journey != nullptr) add(*journey, records, next_command);
    return std::async(std::launch::deferred, [this, &state = state_, journey = std::move(journey)] {
      --state.commits_under_way;
      if (journey == nullptr) return fenced("Another writer fenced this one; drop the partition.");
      if (!journey->over) end(*journey);
      auto result = journey->result;
      if (result.outcome == log::CommitOutcome::unknown || result.outcome == log::CommitOutcome::fenced)
        epoch_ = 0;  // nothing more from this writer before it fences again
      const auto last = journey->transaction.last_events.find(partition_);
      if (result.outcome == log::CommitOutcome::committed && last != journey->transaction.last_events.end())
        result.last_event = last->second;
      return result;
    });
  }

 private:
  log::LogResult<void> fence_now() {
    if (auto ok = state_.scripted(MemoryLog::Call::fence); !ok) return ok;
    Ownership& owner = state_.owners[partition_];
    if (owner.left_open) {
      const auto [transaction, ending] = *std::exchange(owner.left_open, std::nullopt);
      state_.end(transaction, ending);
    }
    for (auto journey = state_.journeys.begin(); journey != state_.journeys.end();) {
      const auto under_way = (journey++)->second;
      if (under_way->lender != partition_) continue;
      state_.end(under_way->transaction, TransactionEnd::abort);
      state_.arrive(*under_way, fenced("Another writer fenced the first of this transaction."));
    }
    epoch_ = ++owner.epoch;
    return {};
  }

  /// The transaction under way, or a new one that this partition lends its id; null when that is fenced.
  std::shared_ptr<Journey> join(const std::shared_ptr<const log::Generation>& generation) {
    if (epoch_ == 0 || epoch_ != state_.owners[partition_].epoch) return nullptr;
    auto& under_way = state_.journeys[generation.get()];
    if (under_way == nullptr)
      under_way = std::make_shared<Journey>(Journey{partition_, generation, {}, false, false, {}});
    return under_way;
  }

  void add(Journey& journey, std::span<const log::Outgoing> records, log::Offset next_command) {
    auto& transaction = journey.transaction;
    transaction.inputs[partition_] = next_command;
    for (const log::Outgoing& record : records) {
      PartitionLog* log = state_.find(record.topic, partition_);
      journey.impossible = journey.impossible || log == nullptr;
      if (log == nullptr) continue;
      const log::Offset offset = state_.add(*log, record.message, EntryState::open);
      transaction.records.emplace_back(log, offset);
      if (record.topic == log::Topic::events) transaction.last_events[partition_] = offset;
    }
  }

  static log::CommitResult fenced(std::string what) {
    return {log::CommitOutcome::fenced, -1, std::move(what)};
  }

  void end(Journey& journey) {
    const auto* of_group = dynamic_cast<const MemoryGeneration*>(journey.generation.get());
    if (of_group == nullptr || !of_group->stands(state_)) {
      state_.end(journey.transaction, TransactionEnd::abort);
      return state_.arrive(journey, fenced("The group has moved on; drop the partition."));
    }
    if (journey.impossible) {
      state_.end(journey.transaction, TransactionEnd::abort);
      return state_.arrive(
          journey, {log::CommitOutcome::aborted, -1, "A topic lacks this partition; create the topics."});
    }
    state_.arrive(journey, conclude(journey));
  }

  /// The first fault that is scripted for a partition in it, used up.
  std::optional<MemoryLog::CommitFault> fault_of(const Journey& journey) {
    for (const auto& [partition, next] : journey.transaction.inputs) {
      auto& faults = state_.commit_faults[partition];
      if (faults.empty()) continue;
      const auto fault = faults.front();
      faults.pop_front();
      return fault;
    }
    return std::nullopt;
  }

  log::CommitResult conclude(const Journey& journey) {
    using Fault = MemoryLog::CommitFault;
    const auto& transaction = journey.transaction;
    auto& lender = state_.owners[journey.lender];
    const auto fault = fault_of(journey);
    log::CommitResult unknown{log::CommitOutcome::unknown, -1,
                              "The answer was lost; take the partition over anew."};
    if (!fault) {
      state_.end(transaction, TransactionEnd::commit);
      return {log::CommitOutcome::committed, -1, {}};
    }
    switch (*fault) {
      case Fault::unknown_committed: state_.end(transaction, TransactionEnd::commit); return unknown;
      case Fault::unknown_committing:
        lender.left_open = {transaction, TransactionEnd::commit};
        return unknown;
      case Fault::unknown_open: lender.left_open = {transaction, TransactionEnd::abort}; return unknown;
      case Fault::aborted:
        state_.end(transaction, TransactionEnd::abort);
        return {log::CommitOutcome::aborted, -1, "The script aborted it; decide again."};
      case Fault::fenced:
        state_.end(transaction, TransactionEnd::abort);
        return fenced("The script fenced this writer; drop the partition.");
    }
    return unknown;
  }

  MemoryLog::State& state_;
  log::Partition partition_;
  std::uint64_t epoch_ = 0;
};

}  // namespace

std::unique_ptr<log::Reader> make_reader(MemoryLog::State& state, log::Topic topic) {
  return std::make_unique<MemoryReader>(state, topic);
}

std::unique_ptr<log::PartitionWriter> make_writer(MemoryLog::State& state, log::Partition partition) {
  return std::make_unique<MemoryWriter>(state, partition);
}

}  // namespace casetrail
