// The port to the log: what the engine needs of Kafka, of the embedded log, and of the scripted one in the
// tests.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/message.h"
#include "workers/log/log_result.h"
#include "workers/log/promised.h"
#include "workers/log/topic.h"

namespace casetrail {

/// Why a read failed. Where it names a partition, that one delivers nothing until it is started again, at
/// best at its `position`; the others go on with the next read. Else nothing was read: ask again.
struct ReadError : LogError {
  std::optional<Partition> partition;
};

/// A record of the log, borrowed from the reader until its next `read`.
struct Record {
  Partition partition;
  Offset offset;
  MessageView message;
};

using ReadResult = std::expected<std::span<const Record>, ReadError>;

/// Reads committed records of some partitions of one topic, from given offsets. Used by one thread.
class Reader {
 public:
  virtual ~Reader() = default;

  /// Delivers `partition` from the first record at or behind `from`. Started again, it goes on from there
  /// instead.
  [[nodiscard]] virtual LogResult<void> start(Partition partition, Offset from) = 0;
  virtual void stop(Partition partition) = 0;

  /// The next records, at most `max`, each partition in order. Waits up to `wait` for the first one, not for
  /// more. Empty: nothing came. What it returned before is gone. A failure is told once, behind the records
  /// that came before it; those behind it are not delivered.
  [[nodiscard]] virtual ReadResult read(std::size_t max, Duration wait) = 0;

  /// The offset behind everything of `partition` that was delivered or passed over (markers, aborted
  /// records).
  [[nodiscard]] virtual Offset position(Partition partition) const = 0;
};

/// What a partition holds. `stable` is below `high` while a transaction is open.
struct Bounds {
  Offset low;     ///< of the first record
  Offset stable;  ///< behind the last record that a reader of committed records can see now
  Offset high;    ///< behind the last record, asked read-uncommitted
};

/// The group's generation at one moment, as a commit must name it. Opaque to the engine.
class Generation {
 public:
  virtual ~Generation() = default;
};

/// Membership in a consumer group that shares the partitions of one topic. Reading is the reader's work.
/// `poll`, `acknowledge`, `rejoin` and `commit` belong to one control thread; `generation` and `committed` to
/// any.
class Membership {
 public:
  enum class ChangeKind { assigned, revoked, lost };
  struct Change {
    ChangeKind kind;
    std::vector<Partition> partitions;
  };

  virtual ~Membership() = default;

  /// Keeps the membership alive; call it at least every second. A change stands until it is acknowledged.
  [[nodiscard]] virtual LogResult<std::optional<Change>> poll(Duration wait) = 0;

  /// After `assigned`: the partitions are known. After `revoked`: nothing of them is written any more.
  virtual void acknowledge(const Change& change) = 0;

  /// Lets the group decide anew what this member has: `poll` says so with `assigned`, after `revoked` where
  /// the group wants that.
  [[nodiscard]] virtual LogResult<void> rejoin() = 0;

  /// The one in which the group gave what `poll` last said was assigned; nothing, or an older one, when that
  /// was revoked or lost. So a partition that was not given back is never committed under a later one.
  [[nodiscard]] virtual std::shared_ptr<const Generation> generation() const = 0;

  /// The group's offset of `partition`; nothing when none was ever committed. Waits out pending transactions,
  /// if they end soon.
  [[nodiscard]] virtual LogResult<std::optional<Offset>> committed(Partition partition) = 0;
  /// `committed`, for who waits later. The membership outlives its answers.
  [[nodiscard]] virtual Promised<LogResult<std::optional<Offset>>> start_committed(Partition partition) {
    return answered(committed(partition));
  }

  struct Position {
    Partition partition;
    Offset next;

    bool operator==(const Position&) const = default;
  };
  /// Commits offsets of the group outside of a transaction. Backwards is allowed: the caller knows what it
  /// holds.
  [[nodiscard]] virtual LogResult<void> commit(std::span<const Position> positions) = 0;
};

struct Outgoing {
  Topic topic;
  Message message;
};

enum class CommitOutcome {
  committed,
  aborted,  ///< confirmed: nothing of it is visible, the same batch may be tried again
  unknown,  ///< it may be committed or not: take over anew
  fenced,   ///< not mine any more: drop the partition
};

struct CommitResult {
  CommitOutcome outcome;
  Offset last_event =
      -1;            ///< of the last record sent to `events`; -1 when there was none or it is not committed
  std::string what;  ///< a sentence, unless committed
};

/// Appends to one partition number of every topic, atomically with the input position. One transaction at a
/// time.
class PartitionWriter {
 public:
  virtual ~PartitionWriter() = default;

  /// Shuts out every earlier writer of this partition, together with the group's generation, and ends what it
  /// left open; what shared a transaction with another partition ends when that one is fenced. First of all
  /// calls, and no other before its answer; again after `unknown`. The writer outlives its answers.
  [[nodiscard]] virtual Promised<LogResult<void>> start_fence() = 0;

  /// `start_fence`, waiting for the answer.
  [[nodiscard]] LogResult<void> fence() { return start_fence().get(); }

  /// Commits all of `records` and the input offset `next_command` of the group, or nothing.
  /// `generation` is the one of the time when the batch was read. `records` stay as they are until the answer
  /// is there; only then the next commit may start. The log may let what one thread starts before it waits
  /// for an answer share a transaction, and end it only then: all of it is committed or nothing.
  [[nodiscard]] virtual Promised<CommitResult> start_commit(
      std::span<const Outgoing> records, Offset next_command,
      const std::shared_ptr<const Generation>& generation) = 0;

  /// `start_commit`, waiting for the answer.
  [[nodiscard]] CommitResult commit(std::span<const Outgoing> records, Offset next_command,
                                    const std::shared_ptr<const Generation>& generation) {
    return start_commit(records, next_command, generation).get();
  }
};

class EventLog {
 public:
  using OnAppended = std::function<void(LogResult<Offset>)>;

  virtual ~EventLog() = default;

  /// The partitions of `commands`, `events` and `outcomes`; `policy` and `deadletters` have 1 and the same
  /// number.
  [[nodiscard]] virtual Partition partitions() const = 0;

  /// Which log this is: the same text as long as its topics are the same ones, another after they were
  /// recreated.
  [[nodiscard]] virtual LogResult<std::string> identity() = 0;

  /// Why nothing can be appended any more until this process is started again, a sentence with the remedy.
  [[nodiscard]] virtual std::optional<std::string> broken() const = 0;

  [[nodiscard]] virtual std::unique_ptr<Reader> open_reader(Topic topic) = 0;

  /// For the command group. Belongs to the thread that opens it.
  [[nodiscard]] virtual std::unique_ptr<PartitionWriter> open_writer(Partition partition) = 0;

  /// `member` is stable over restarts (static membership): it keeps its partitions while it is away for a
  /// moment. Without a name it leaves for good when it ends.
  [[nodiscard]] virtual LogResult<std::unique_ptr<Membership>> join(
      const std::string& group, Topic topic, const std::optional<std::string>& member) = 0;

  [[nodiscard]] virtual LogResult<Bounds> bounds(Topic topic, Partition partition) = 0;

  /// The same of every partition of `topic`, by as many questions to each broker as one partition takes.
  /// Fails when one of them cannot be asked.
  [[nodiscard]] virtual LogResult<std::vector<Bounds>> bounds(Topic topic) = 0;

  /// The committed offsets of any group on `topic`, every partition; without what a transaction that is not
  /// decided yet moves.
  [[nodiscard]] virtual LogResult<std::vector<GroupPosition>> group_positions(const std::string& group,
                                                                              Topic topic) = 0;

  /// The groups of this engine, those of nodes that are gone too, in the order of their names.
  [[nodiscard]] virtual LogResult<std::vector<GroupReport>> groups() = 0;

  /// Forgets a group that all members have left, so that no tool shows its lag for ever; refused while it has
  /// members. Again: nothing.
  [[nodiscard]] virtual LogResult<void> forget_group(const std::string& group, Topic topic) = 0;

  /// Appends one record, durably when `done` is told so. Never waits: what is too much at once is
  /// `unavailable`. `done` is called once, on a thread of the log or on this one. Records that one thread
  /// appends to one partition keep their order.
  virtual void append(Topic topic, Partition partition, Message message, OnAppended done) = 0;

  /// Creates what is missing, with `partitions` for the sharded topics, and reports on all.
  [[nodiscard]] virtual LogResult<std::vector<TopicReport>> create_topics(Partition partitions) = 0;
  [[nodiscard]] virtual LogResult<std::vector<TopicReport>> check_topics() = 0;
};

/// What `all`, the bounds of the whole topic, say of `partition`. Where they failed it is asked alone, for
/// another one may have no leader.
[[nodiscard]] LogResult<Bounds> bounds_of(EventLog& log, const LogResult<std::vector<Bounds>>& all,
                                          Topic topic, Partition partition);

/// `append`, waiting for the answer.
[[nodiscard]] LogResult<Offset> append_and_wait(EventLog& log, Topic topic, Partition partition,
                                                Message message);

/// The partition of a key as the Java client's default partitioner has it: positive murmur2, modulo.
[[nodiscard]] Partition partition_of(std::string_view key, Partition partitions);

}  // namespace casetrail
