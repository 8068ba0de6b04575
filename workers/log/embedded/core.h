// The heart of the embedded log: one thread that writes whatever has queued up as one synced batch.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <variant>
#include <vector>

#include "workers/log/disk_reserve.h"
#include "workers/log/embedded/answered.h"
#include "workers/log/embedded/block.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/log/embedded/keys.h"
#include "workers/log/embedded/rows.h"

namespace casetrail::embedded {

inline constexpr auto kTopics = std::to_array<log::Topic>(
    {log::Topic::commands, log::Topic::events, log::Topic::outcomes, log::Topic::deadletters,
     log::Topic::policy, log::Topic::keys, log::Topic::evidence});

inline constexpr auto kForgetEvery = std::chrono::hours(1);
/// Keys that are destroyed in a row leave the disk together.
inline constexpr auto kDestroyEvery = std::chrono::seconds(2);

/// Of the log's memory: what its rows may take, and what may wait to be written.
[[nodiscard]] constexpr std::size_t rows_share(std::size_t bytes) { return bytes / 4 * 3; }
[[nodiscard]] constexpr std::size_t queue_share(std::size_t bytes) { return bytes / 4; }

/// How many partitions the topics have together: a slot each, in the order of `kTopics`.
[[nodiscard]] constexpr std::size_t slots_of(log::Partition partitions) {
  return (kTopics.size() - 1) * static_cast<std::size_t>(partitions) + 1;
}

/// The other way round.
[[nodiscard]] constexpr std::size_t partitions_in(std::size_t slots) {
  return (slots - 1) / (kTopics.size() - 1);
}

/// Of one partition; changed by the log's thread alone.
struct Ends {
  std::atomic<log::Offset> low = 0;
  std::atomic<log::Offset> next = 0;  ///< all before it is on the disk and may be read
};

class EmbeddedGeneration final : public log::Generation {
 public:
  EmbeddedGeneration(std::string group, std::uint64_t number) : group_(std::move(group)), number_(number) {}
  [[nodiscard]] const std::string& group() const { return group_; }
  [[nodiscard]] std::uint64_t number() const { return number_; }

 private:
  std::string group_;
  std::uint64_t number_;
};

/// Every public function is safe on any thread.
class EmbeddedCore {
 public:
  [[nodiscard]] static log::LogResult<std::unique_ptr<EmbeddedCore>> start(EmbeddedLogOptions options,
                                                                           std::unique_ptr<EmbeddedRows> rows,
                                                                           AnsweredMarks marks);
  ~EmbeddedCore();
  EmbeddedCore(const EmbeddedCore&) = delete;
  EmbeddedCore& operator=(const EmbeddedCore&) = delete;

  [[nodiscard]] log::Partition partitions() const { return partitions_; }
  [[nodiscard]] log::Partition partitions_of(log::Topic topic) const;
  [[nodiscard]] const std::string& identity() const { return identity_; }
  [[nodiscard]] const EmbeddedRows& rows() const { return *rows_; }
  /// Why nothing can be appended now, a sentence.
  [[nodiscard]] std::optional<std::string> broken() const;
  /// Nothing when there is no such partition.
  [[nodiscard]] const Ends* ends(log::Topic topic, log::Partition partition) const;

  struct Encoded {
    log::Topic topic;
    Timestamp timestamp;
    std::string record;
  };
  void append(log::Partition partition, Encoded record, log::EventLog::OnAppended done);
  /// Records of a transaction that follow each other in their topic.
  struct Written {
    log::Topic topic;
    BlockBody block;
    bool destroys_keys = false;  ///< holds a key's record without a value
  };
  [[nodiscard]] log::LogResult<std::uint64_t> fence(log::Partition partition);
  [[nodiscard]] log::Promised<log::CommitResult> start_commit(
      log::Partition partition, std::uint64_t epoch, std::vector<Written> records, log::Offset next_command,
      std::shared_ptr<const EmbeddedGeneration> generation);
  [[nodiscard]] log::LogResult<void> commit(std::shared_ptr<const EmbeddedGeneration> generation,
                                            log::Topic topic,
                                            std::vector<log::Membership::Position> positions);
  [[nodiscard]] log::LogResult<void> create(log::Partition partitions);
  [[nodiscard]] log::LogResult<void> forget(const std::string& group, log::Topic topic);
  [[nodiscard]] log::LogResult<void> checkpoint(const std::filesystem::path& folder) const;

  /// How often something was appended to `topic`; a rise wakes whoever waits.
  [[nodiscard]] std::uint64_t appends(log::Topic topic) const;
  void await_append(log::Topic topic, std::uint64_t seen, std::chrono::steady_clock::time_point until) const;

  [[nodiscard]] std::shared_ptr<const EmbeddedGeneration> join(const std::string& group);
  /// True when nobody joined the group after `generation` until then.
  [[nodiscard]] bool await_displacement(const EmbeddedGeneration& generation, Duration wait) const;
  void leave(const std::string& group);
  [[nodiscard]] std::optional<log::Offset> group_offset(const keys::GroupKey& key) const;
  /// Those that have members or offsets, in the order of their names.
  [[nodiscard]] std::vector<log::GroupReport> groups() const;

 private:
  struct Append {
    log::Partition partition;
    Encoded record;
    log::EventLog::OnAppended done;
  };
  struct Transaction {
    log::Partition partition;
    std::uint64_t epoch;
    std::vector<Written> records;
    log::Offset next_command;
    std::shared_ptr<const EmbeddedGeneration> generation;
    std::function<void(log::CommitResult)> done;
  };
  struct Positions {
    std::shared_ptr<const EmbeddedGeneration> generation;
    log::Topic topic;
    std::vector<log::Membership::Position> positions;
    std::function<void(log::LogResult<void>)> done;
  };
  struct Fence {
    log::Partition partition;
    std::function<void(log::LogResult<std::uint64_t>)> done;
  };
  struct Create {
    log::Partition partitions;
    std::function<void(log::LogResult<void>)> done;
  };
  struct Forget {
    std::string group;
    log::Topic topic;
    std::function<void(log::LogResult<void>)> done;
  };
  using Job = std::variant<Append, Transaction, Positions, Fence, Create, Forget>;
  class Group;

  EmbeddedCore(EmbeddedLogOptions options, std::unique_ptr<EmbeddedRows> rows, AnsweredMarks marks);

  [[nodiscard]] EmbeddedRows::Result<void> load();
  /// Notes how far the log has answered, here and beside its folder. After a failure, the reason.
  [[nodiscard]] std::expected<void, std::string> mark();
  void lay_out(log::Partition partitions);
  /// Why nothing is written any more, a sentence.
  [[nodiscard]] std::optional<std::string> failed() const;
  [[nodiscard]] bool has(log::Topic topic, log::Partition partition) const;
  /// Of a partition that there is.
  [[nodiscard]] std::size_t slot_of(log::Topic topic, log::Partition partition) const;
  [[nodiscard]] bool current(const std::shared_ptr<const EmbeddedGeneration>& generation) const;

  void enqueue(Job job);
  /// With the queue's lock held.
  void push(Job job, std::size_t bytes);
  void run();
  [[nodiscard]] bool is_closing() const;
  [[nodiscard]] std::deque<Job> next_jobs();
  void write(std::deque<Job> jobs);
  void forget_expired();
  /// Of the topic of keys, takes from the disk what later records without a value destroyed.
  void forget_destroyed_keys();
  [[nodiscard]] EmbeddedRows::Result<void> forget_destroyed_keys(log::Partition partition);
  [[nodiscard]] EmbeddedRows::Result<log::Offset> first_kept(log::Topic topic,
                                                             log::Partition partition) const;

  EmbeddedLogOptions options_;
  std::unique_ptr<EmbeddedRows> rows_;
  std::string identity_;
  std::atomic<log::Partition> partitions_ = 0;
  std::vector<Ends>
      ends_;  ///< a slot a partition, topic by topic; laid out once, before `partitions_` is set

  // Of the log's thread alone.
  AnsweredMarks marks_;
  std::optional<AnsweredMarks> known_marks_;  ///< beside the log's folder, since the first
  std::vector<log::Offset> next_;  ///< a slot a partition; ahead of `ends_` while a batch is being written
  std::map<log::Partition, std::uint64_t> epochs_;
  std::optional<std::chrono::steady_clock::time_point> forgot_at_;     ///< since the start
  std::set<log::Partition> with_destroyed_keys_;                       ///< whose bytes are still on the disk
  std::optional<std::chrono::steady_clock::time_point> destroyed_at_;  ///< the last time, since the start

  mutable std::mutex queue_mutex_;
  std::condition_variable queued_;
  std::deque<Job> queue_;
  std::size_t queue_bytes_ = 0;
  bool closing_ = false;

  struct Bell {
    mutable std::mutex mutex;
    mutable std::condition_variable rung;
    std::uint64_t count = 0;
  };
  std::array<Bell, kTopics.size()> bells_;

  mutable log::DiskReserve reserve_;
  mutable std::mutex broken_mutex_;
  std::optional<std::string> broken_;

  mutable std::mutex groups_mutex_;
  mutable std::condition_variable joined_;
  std::map<std::string, std::uint64_t> generations_;
  std::map<std::string, std::size_t> members_;  ///< that have not left; a displaced one is one of them
  std::map<keys::GroupKey, log::Offset> group_offsets_;

  std::jthread thread_;
};

/// The port over `core`.
[[nodiscard]] std::unique_ptr<log::EventLog> make_embedded_log(std::unique_ptr<EmbeddedCore> core);

}  // namespace casetrail::embedded
