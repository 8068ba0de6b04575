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
class MemoryLog final : public log::EventLog {
 public:
  /// With 0 partitions the topics are missing until they are created.
  explicit MemoryLog(log::Partition partitions);
  ~MemoryLog() override;

  [[nodiscard]] log::Partition partitions() const override;
  [[nodiscard]] log::LogResult<std::string> identity() override;
  [[nodiscard]] std::optional<std::string> broken() const override { return std::nullopt; }
  /// As if it were sealed.
  [[nodiscard]] std::optional<std::string> cannot_forget(log::Partition /*partition*/) override {
    return std::nullopt;
  }
  [[nodiscard]] std::unique_ptr<log::Reader> open_reader(log::Topic topic) override;
  [[nodiscard]] std::unique_ptr<log::PartitionWriter> open_writer(log::Partition partition) override;
  [[nodiscard]] log::LogResult<std::unique_ptr<log::Membership>> join(
      const std::string& group, log::Topic topic, const std::optional<std::string>& member) override;
  [[nodiscard]] log::LogResult<log::Bounds> bounds(log::Topic topic, log::Partition partition) override;
  [[nodiscard]] log::LogResult<std::vector<log::Bounds>> bounds(log::Topic topic) override;
  [[nodiscard]] log::LogResult<std::vector<log::GroupPosition>> group_positions(const std::string& group,
                                                                                log::Topic topic) override;
  [[nodiscard]] log::LogResult<std::vector<log::GroupReport>> groups() override;
  [[nodiscard]] log::LogResult<void> forget_group(const std::string& group, log::Topic topic) override;
  void append(log::Topic topic, log::Partition partition, Message message, OnAppended done) override;
  [[nodiscard]] log::LogResult<std::vector<log::TopicReport>> create_topics(
      log::Partition partitions) override;
  [[nodiscard]] log::LogResult<std::vector<log::TopicReport>> check_topics() override;

  /// What becomes of a commit. Each is used up by one commit of that partition, in the order given.
  enum class CommitFault {
    unknown_committed,   ///< the answer is lost, the transaction is committed
    unknown_committing,  ///< the answer is lost, the next fence finds it committed; open until then
    unknown_open,        ///< the answer is lost, the next fence aborts it; open until then
    aborted,
    fenced,
  };
  void fault_commit(log::Partition partition, CommitFault fault);

  /// The most commits that were begun and not asked for yet at the same moment.
  [[nodiscard]] std::size_t most_commits_at_once() const;

  /// The next fence of `partition` is neither done nor answered before `release_fence`; its writer stays
  /// until then.
  void hold_fence(log::Partition partition);
  void release_fence(log::Partition partition);

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
  void fail(Call call, log::LogFailure failure);
  /// Reading `partition` fails once for each time this is called; the others are read.
  void fail_read(log::Topic topic, log::Partition partition, log::LogFailure failure);

  /// Every read hands over at most `records` from now on, wherever that cuts a command's events; nothing: no
  /// limit.
  void limit_reads(std::optional<std::size_t> records);

  /// Takes every fault back that was not used up. Transactions that are open stay so.
  void clear_faults();

  /// Another producer's transaction at the end of `topic`. One at a time for a partition number.
  void begin_foreign(log::Partition partition, Message message, log::Topic topic = log::Topic::events);
  void commit_foreign(log::Partition partition);
  void abort_foreign(log::Partition partition);

  /// The partitions of each member by name. Every member is asked to give its own back, and gets the new ones
  /// when all have acknowledged. A member that is gone or expelled is not waited for.
  using Plan = std::map<std::string, std::vector<log::Partition>>;
  void rebalance(const std::string& group, Plan plan);

  /// The group stops waiting for the member, as after a session timeout: what it commits is refused from now
  /// on, and its next poll says `lost`. Having acknowledged that, it is a member again.
  void expel(const std::string& group, const std::string& member);
  [[nodiscard]] bool has_member(const std::string& group, const std::string& member) const;

  /// Retention: records before `low` are gone.
  void trim(log::Topic topic, log::Partition partition, log::Offset low);

  /// All topics deleted and created anew: another identity, nothing in them.
  void recreate();

  /// What committed readers see of a partition, from `from` on. Never fails. Returns the offset behind it.
  using OnRecord = std::function<void(log::Offset, const Message&)>;
  log::Offset visit(log::Topic topic, log::Partition partition, log::Offset from,
                    const OnRecord& on_record) const;

  /// Whether every record of a partition is decided: no transaction is open there.
  [[nodiscard]] bool is_settled(log::Topic topic, log::Partition partition) const;

  /// One line a record and marker, topic by topic.
  [[nodiscard]] std::string dump() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace casetrail
