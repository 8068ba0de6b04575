// What the scripted log holds, for its own sources only.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <utility>

#include "tests/support/memory_log.h"

namespace casetrail {

enum class EntryState { committed, open, aborted, marker };

struct Entry {
  Message message;
  EntryState state;
};

/// The offset of an entry is its index.
struct PartitionLog {
  std::deque<Entry> entries;
  log::Offset low = 0;
  std::set<log::Offset> open;

  [[nodiscard]] log::Offset high() const { return static_cast<log::Offset>(entries.size()); }
  [[nodiscard]] log::Offset stable() const { return open.empty() ? high() : *open.begin(); }
  [[nodiscard]] const Entry& at(log::Offset offset) const {
    return entries[static_cast<std::size_t>(offset)];
  }
  [[nodiscard]] Entry& at(log::Offset offset) { return entries[static_cast<std::size_t>(offset)]; }
};

struct Transaction {
  std::vector<std::pair<PartitionLog*, log::Offset>> records;
  std::map<log::Partition, log::Offset> inputs;
  std::map<log::Partition, log::Offset> last_events;
};

enum class TransactionEnd { commit, abort };

struct Member {
  std::uint64_t instance = 0;  ///< 0: expelled or gone
  std::vector<log::Partition> owned;
  std::optional<log::Membership::Change> standing;
};

struct Group {
  log::Topic topic{};
  int generation = 0;
  std::map<std::string, Member> members;
  std::optional<MemoryLog::Plan> plan;
  std::map<log::Partition, log::Offset> offsets;

  /// Asks every member to give its partitions back, for `next`.
  void hand_out(MemoryLog::Plan next);
  /// Hands out the plan once nobody has to give anything back.
  void settle();
};

struct Ownership {
  std::uint64_t epoch = 0;
  std::optional<std::pair<Transaction, TransactionEnd>> left_open;
};

/// The transaction of what one member starts before one of it is asked for. It ends when the partition that
/// was first in it is fenced.
struct Journey {
  log::Partition lender;
  std::shared_ptr<const log::Generation> generation;
  Transaction transaction;
  bool impossible = false;  ///< a topic lacks a partition
  bool over = false;
  log::CommitResult result;  ///< once it is over
};

class MemoryGeneration final : public log::Generation {
 public:
  MemoryGeneration(std::string group, std::string member, std::uint64_t instance, int number)
      : group_(std::move(group)), member_(std::move(member)), instance_(instance), number_(number) {}

  [[nodiscard]] bool stands(const MemoryLog::State& state) const;

 private:
  std::string group_;
  std::string member_;
  std::uint64_t instance_;
  int number_;
};

struct MemoryLog::State {
  log::Partition partitions = 0;
  int incarnation = 1;
  std::uint64_t last_instance = 0;
  std::map<log::Topic, std::deque<PartitionLog>> topics;
  std::map<std::string, Group> groups;
  std::map<log::Partition, Ownership> owners;
  std::map<log::Partition, Transaction> foreign;
  std::map<log::Partition, std::deque<CommitFault>> commit_faults;
  std::map<const log::Generation*, std::shared_ptr<Journey>> journeys;  ///< under way
  std::size_t commits_under_way = 0;
  std::size_t most_commits_at_once = 0;
  /// Empty until the fence that is held was asked for.
  std::map<log::Partition, std::function<void()>> held_fences;
  std::deque<AppendFault> append_faults;
  std::map<Call, std::deque<log::LogFailure>> failures;
  std::optional<std::size_t> longest_read;
  std::map<std::pair<log::Topic, log::Partition>, std::deque<log::LogFailure>> read_failures;
  struct Late {
    log::Topic topic;
    log::Partition partition;
    Message message;
    OnAppended done;
  };
  std::vector<Late> late;

  void create(log::Partition count);
  [[nodiscard]] PartitionLog* find(log::Topic topic, log::Partition partition);
  log::Offset add(PartitionLog& log, Message message, EntryState as);
  void end(const Transaction& transaction, TransactionEnd ending);
  [[nodiscard]] bool pending(log::Partition partition) const;
  void arrive(Journey& journey, log::CommitResult result);
  [[nodiscard]] log::LogResult<void> scripted(Call call);
  [[nodiscard]] log::LogResult<void> scripted_read(log::Topic topic, log::Partition partition);
};

[[nodiscard]] std::unique_ptr<log::Membership> make_membership(MemoryLog::State& state,
                                                               const std::string& group,
                                                               const std::string& member);
[[nodiscard]] std::unique_ptr<log::Reader> make_reader(MemoryLog::State& state, log::Topic topic);
[[nodiscard]] std::unique_ptr<log::PartitionWriter> make_writer(MemoryLog::State& state,
                                                                log::Partition partition);

}  // namespace casetrail
