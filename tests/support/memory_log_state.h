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
  Offset low = 0;
  std::set<Offset> open;

  [[nodiscard]] Offset high() const { return static_cast<Offset>(entries.size()); }
  [[nodiscard]] Offset stable() const { return open.empty() ? high() : *open.begin(); }
  [[nodiscard]] const Entry& at(Offset offset) const { return entries[static_cast<std::size_t>(offset)]; }
  [[nodiscard]] Entry& at(Offset offset) { return entries[static_cast<std::size_t>(offset)]; }
};

struct Transaction {
  std::vector<std::pair<PartitionLog*, Offset>> records;
  std::map<Partition, Offset> inputs;
  std::map<Partition, Offset> last_events;
};

enum class TransactionEnd { commit, abort };

struct Member {
  std::uint64_t instance = 0;  ///< 0: expelled or gone
  std::vector<Partition> owned;
  std::optional<Membership::Change> standing;
};

struct Group {
  Topic topic{};
  int generation = 0;
  std::map<std::string, Member> members;
  std::optional<MemoryLog::Plan> plan;
  std::map<Partition, Offset> offsets;

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
  Partition lender;
  std::shared_ptr<const Generation> generation;
  Transaction transaction;
  bool impossible = false;  ///< a topic lacks a partition
  bool over = false;
  CommitResult result;  ///< once it is over
};

class MemoryGeneration final : public Generation {
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
  Partition partitions = 0;
  int incarnation = 1;
  std::uint64_t last_instance = 0;
  std::map<Topic, std::deque<PartitionLog>> topics;
  std::map<std::string, Group> groups;
  std::map<Partition, Ownership> owners;
  std::map<Partition, Transaction> foreign;
  std::map<Partition, std::deque<CommitFault>> commit_faults;
  std::map<const Generation*, std::shared_ptr<Journey>> journeys;  ///< under way
  std::size_t commits_under_way = 0;
  std::size_t most_commits_at_once = 0;
  /// Empty until the fence that is held was asked for.
  std::map<Partition, std::function<void()>> held_fences;
  std::deque<AppendFault> append_faults;
  std::map<Call, std::deque<LogFailure>> failures;
  std::optional<std::size_t> longest_read;
  std::map<std::pair<Topic, Partition>, std::deque<LogFailure>> read_failures;
  struct Late {
    Topic topic;
    Partition partition;
    Message message;
    OnAppended done;
  };
  std::vector<Late> late;

  void create(Partition count);
  [[nodiscard]] PartitionLog* find(Topic topic, Partition partition);
  Offset add(PartitionLog& log, Message message, EntryState as);
  void end(const Transaction& transaction, TransactionEnd ending);
  [[nodiscard]] bool pending(Partition partition) const;
  void arrive(Journey& journey, CommitResult result);
  [[nodiscard]] LogResult<void> scripted(Call call);
  [[nodiscard]] LogResult<void> scripted_read(Topic topic, Partition partition);
};

[[nodiscard]] std::unique_ptr<Membership> make_membership(MemoryLog::State& state, const std::string& group,
                                                          const std::string& member);
[[nodiscard]] std::unique_ptr<Reader> make_reader(MemoryLog::State& state, Topic topic);
[[nodiscard]] std::unique_ptr<PartitionWriter> make_writer(MemoryLog::State& state, Partition partition);

}  // namespace casetrail
