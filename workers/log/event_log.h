// The port to the log: what the engine needs of Kafka, of the embedded log, and of the scripted one in the
// tests.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "events/wire/message.h"
#include "workers/log/log_result.h"
#include "workers/log/membership.h"
#include "workers/log/reader.h"
#include "workers/log/topic.h"
#include "workers/log/writer.h"

namespace casetrail::log {

/// What a partition holds. `stable` is below `high` while a transaction is open.
struct Bounds {
  Offset low;     ///< of the first record
  Offset stable;  ///< behind the last record that a reader of committed records can see now
  Offset high;    ///< behind the last record, asked read-uncommitted
};

class EventLog {
 public:
  using OnAppended = std::function<void(LogResult<Offset>)>;

  virtual ~EventLog() = default;

  /// The partitions of `commands`, `events` and `outcomes`; `deadletters`, `keys` and `evidence` have as
  /// many, `policy` has 1.
  [[nodiscard]] virtual Partition partitions() const = 0;

  /// Which log this is: the same text as long as its topics are the same ones, another after they were
  /// recreated.
  [[nodiscard]] virtual LogResult<std::string> identity() = 0;

  /// Why nothing can be appended now: a sentence with the remedy. It may pass by itself, as a full disk does.
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

  /// Puts the log as it stands into `folder`, which is new and lies beside it, with all that was answered
  /// before; the log goes on meanwhile. The files are not written again and may be shared with the log's own.
  /// Refused by a log that others keep.
  [[nodiscard]] virtual LogResult<void> checkpoint(const std::filesystem::path& folder);

  /// Why the personal texts in `partition` stay readable whatever is decided: a sentence with the remedy.
  /// Nothing: with a case's `customer.erased` those of its earlier events are gone.
  [[nodiscard]] virtual std::optional<std::string> cannot_forget(Partition partition);
};

/// What `all`, the bounds of the whole topic, say of `partition`. Where they failed it is asked alone, for
/// another one may have no leader.
[[nodiscard]] LogResult<Bounds> bounds_of(EventLog& log, const LogResult<std::vector<Bounds>>& all,
                                          Topic topic, Partition partition);

/// When the first record that `partition` still has was written; nothing when it has none, or gives none now.
[[nodiscard]] std::optional<Timestamp> first_at(EventLog& log, Topic topic, Partition partition);

/// `append`, waiting for the answer.
[[nodiscard]] LogResult<Offset> append_and_wait(EventLog& log, Topic topic, Partition partition,
                                                Message message);

}  // namespace casetrail::log
