// A log in memory whose faults are scripted: what tests and the simulation run the engine on.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail {

/// Shared by the processes that a test plays, all in one thread. Nothing waits: a read without records, or a
/// poll without a change, answers at once. A commit takes one more offset in each partition that it wrote
/// to, as Kafka's markers do. The first member of a group gets all partitions; who gets them later is
/// scripted. It outlives its readers, writers and memberships.
class MemoryLog final : public EventLog {
 public:
  /// With 0 partitions the topics are missing until they are created.
  explicit MemoryLog(Partition partitions);
  ~MemoryLog() override;

  [[nodiscard]] Partition partitions() const override;
  [[nodiscard]] LogResult<std::string> identity() override;
  [[nodiscard]] std::optional<std::string> broken() const override { return std::nullopt; }
  [[nodiscard]] std::unique_ptr<Reader> open_reader(Topic topic) override;
  [[nodiscard]] std::unique_ptr<PartitionWriter> open_writer(Partition partition) override;
  [[nodiscard]] LogResult<std::unique_ptr<Membership>> join(
      const std::string& group, Topic topic, const std::optional<std::string>& member) override;
  [[nodiscard]] LogResult<Bounds> bounds(Topic topic, Partition partition) override;
  [[nodiscard]] LogResult<std::vector<Bounds>> bounds(Topic topic) override;
  [[nodiscard]] LogResult<std::vector<GroupPosition>> group_positions(const std::string& group,
                                                                      Topic topic) override;
  [[nodiscard]] LogResult<std::vector<GroupReport>> groups() override;
  [[nodiscard]] LogResult<void> forget_group(const std::string& group, Topic topic) override;
  void append(Topic topic, Partition partition, Message message, OnAppended done) override;
  [[nodiscard]] LogResult<std::vector<TopicReport>> create_topics(Partition partitions) override;
  [[nodiscard]] LogResult<std::vector<TopicReport>> check_topics() override;

  /// What becomes of a commit. Each is used up by one commit of that partition, in the order given.
  enum class CommitFault {
    unknown_committed,   ///< the answer is lost, the transaction is committed
    unknown_committing,  ///< the answer is lost, the next fence finds it committed; open until then
    unknown_open,        ///< the answer is lost, the next fence aborts it; open until then
    aborted,
    fenced,
  };
  void fault_commit(Partition partition, CommitFault fault);

  /// The most commits that were begun and not asked for yet at the same moment.
  [[nodiscard]] std::size_t most_commits_at_once() const;

  /// The next fence of `partition` is neither done nor answered before `release_fence`; its writer stays
  /// until then.
  void hold_fence(Partition partition);
  void release_fence(Partition partition);

  /// What becomes of an append. Each is used up by one append, in the order given.
  enum class AppendFault {
    unavailable,       ///< not appended
    unknown_appended,  ///< the answer is lost
    unknown_lost,      ///< the answer is lost, and the record
    duplicated,        ///< there twice, answered once
    late,              ///< neither there nor answered before `release_late`
  };
  void fault_append(AppendFault fault);
  void release_late();

  /// Calls that fail once for each time this is called.
  enum class Call { read, fence, poll, committed, commit_positions, bounds };
  void fail(Call call, LogFailure failure);
  /// Reading `partition` fails once for each time this is called; the others are read.
  void fail_read(Topic topic, Partition partition, LogFailure failure);

  /// Every read hands over at most `records` from now on, wherever that cuts a command's events; nothing: no
  /// limit.
  void limit_reads(std::optional<std::size_t> records);

  /// Takes every fault back that was not used up. Transactions that are open stay so.
  void clear_faults();

  /// Another producer's transaction at the end of `topic`. One at a time for a partition number.
  void begin_foreign(Partition partition, Message message, Topic topic = Topic::events);
  void commit_foreign(Partition partition);
  void abort_foreign(Partition partition);

  /// The partitions of each member by name. Every member is asked to give its own back, and gets the new ones
  /// when all have acknowledged. A member that is gone or expelled is not waited for.
  using Plan = std::map<std::string, std::vector<Partition>>;
  void rebalance(const std::string& group, Plan plan);

  /// The group stops waiting for the member, as after a session timeout: what it commits is refused from now
  /// on, and its next poll says `lost`. Having acknowledged that, it is a member again.
  void expel(const std::string& group, const std::string& member);
  [[nodiscard]] bool has_member(const std::string& group, const std::string& member) const;

  /// Retention: records before `low` are gone.
  void trim(Topic topic, Partition partition, Offset low);

  /// All topics deleted and created anew: another identity, nothing in them.
  void recreate();

  /// What committed readers see of a partition, from `from` on. Never fails. Returns the offset behind it.
  using OnRecord = std::function<void(Offset, const Message&)>;
  Offset visit(Topic topic, Partition partition, Offset from, const OnRecord& on_record) const;

  /// One line a record and marker, topic by topic.
  [[nodiscard]] std::string dump() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace casetrail
