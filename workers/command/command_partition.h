// The single writer of one partition: takes it over, decides its commands, records what follows.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "workers/command/batch_decider.h"
#include "workers/command/save_points.h"
#include "workers/command/take_over.h"

namespace casetrail::command {

enum class PartitionPhase {
  taking_over,
  running,
  stopped,  ///< an operator has to do what the sentence says, and start again
  lost,     ///< somebody else owns it: nothing of it is written any more
};
constexpr auto enum_names(PartitionPhase) {
  return std::to_array<std::string_view>({"taking_over", "running", "stopped", "lost"});
}

struct DamagedCase {
  CaseId case_id;
  std::string why;
};

/// How durable the cases of a partition are.
struct SnapshotStatus {
  Timestamp kept_at;  ///< when the newest one was begun; before the first, when the partition was taken over
  std::uint64_t unsaved_events;
};

struct PartitionStatus {
  log::Partition partition;
  PartitionPhase phase;
  std::string sentence;      ///< what it does or waits for; empty while running
  log::Offset next_command;  ///< -1 before it is known
  /// As its store has them; while running.
  std::shared_ptr<const DamagedCases> damaged = std::make_shared<const DamagedCases>();
  /// How much of the events that a take-over replays it has; 1 when it runs, nothing before that is known.
  std::optional<double> restored = std::nullopt;
  std::optional<SnapshotStatus> snapshot = std::nullopt;  ///< while running
  /// Commands that nobody answered, and which the group passed over when it was taken over: a sentence.
  std::string passed_over = {};
  log::ReasonCode waits_for = log::ReasonCode::commands_taking_over;  ///< while it is taken over
  std::optional<log::Offset> blocked_at = std::nullopt;  ///< the record that keeps it from being taken over
};

/// The last moment at which the partition held no command at or behind the offset; nothing: not known.
using CameAfter = std::function<std::optional<Timestamp>(log::Partition, log::Offset)>;

/// Belongs to one thread. Decide purely, commit atomically, then change memory.
class CommandPartition {
 public:
  CommandPartition(log::EventLog& log, log::Membership& membership, std::unique_ptr<storage::StoreHome> home,
                   CommandMetrics& metrics, const PolicyBook& policies, log::Partition partition,
                   std::size_t cached_cases, CameAfter came_after = {});

  [[nodiscard]] PartitionPhase phase() const { return phase_; }
  [[nodiscard]] log::Partition partition() const { return partition_; }
  [[nodiscard]] PartitionStatus status() const;

  /// Where its commands go on; to be asked when it starts running.
  [[nodiscard]] log::Offset next_command() const { return next_command_; }

  /// Does a piece of the take-over. True: there is more to do at once.
  bool step_take_over(Timestamp now);

  /// Begins to take over anew: of what happened last, only the log knows.
  void take_over_again(const std::string& why);
  void stop(std::string why);

  /// What was read for this partition.
  struct Batch {
    std::span<const log::Record* const> commands;       ///< all that was delivered, in order
    log::Offset position;                               ///< of the reader, behind all of them
    std::shared_ptr<const log::Generation> generation;  ///< of the time before they were read
  };

  /// Decides `batch`, or what a transaction holds of it, and starts to commit that. While running. Asks the
  /// log nothing: partitions that begin together may share a transaction, which is open until one is waited
  /// for.
  void begin(const Batch& batch, const PolicyBook& policies, Timestamp now);

  /// Waits for what was begun, and then for the rest of `batch`, in as many transactions as it needs.
  void finish(const Batch& batch, const PolicyBook& policies, Timestamp now);

  /// Whether timers are due by the wall clock, a little behind it, and the input holds nothing more. When
  /// `batch` is finished; never unless running.
  [[nodiscard]] bool has_due_timers(const Batch& batch, Timestamp now);

  /// Starts to commit the timers that are due. `finish` waits for them, too.
  void begin_timers(const Batch& batch, const PolicyBook& policies, Timestamp now);

  /// Closes `cases` to commands: readers of its events closed them, by the rule of all readers. Between two
  /// batches; does nothing unless running.
  void close(std::span<const DamagedCase> cases);
  /// How many were told since it runs: they are told all that are closed, and from there on what is new.
  [[nodiscard]] std::size_t told_closed() const { return told_closed_; }

  /// Makes the store durable when that is due, over several calls: none waits for the disk to take it. Does
  /// nothing unless running.
  void save_when_due(Timestamp now);

 private:
  enum class Step { done, again, ended };
  /// A transaction on its way to the log.
  struct Flight {
    DraftedBatch draft;
    log::Offset next_command;
    log::Promised<log::CommitResult> result;
  };

  [[nodiscard]] PartitionPorts ports();
  void note_wait(Timestamp now);
  void follow_clock(Timestamp now);
  void decide_rest(const Batch& batch, const PolicyBook& policies, Timestamp now);
  void send(DraftedBatch draft, log::Offset next_command, const Batch& batch);
  [[nodiscard]] Step land(Timestamp now);
  [[nodiscard]] Step committed(const DraftedBatch& draft, log::Offset last_event);
  void lose(const std::string& why);
  void observe_duration(const Tally& tally, Timestamp now);
  void count(const DraftedBatch& draft);
  void distrust_store(const storage::StoreError& error);
  void finish_save();
  [[nodiscard]] bool is_caught_up(log::Offset position);

  log::EventLog& log_;
  log::Membership& membership_;
  CommandMetrics& metrics_;
  const PolicyBook& policies_;
  log::Partition partition_;
  std::size_t cached_cases_;
  CameAfter came_after_;
  std::unique_ptr<log::PartitionWriter> writer_;
  std::unique_ptr<storage::StoreHome> home_;
  std::optional<TakeOver> take_over_;
  std::unique_ptr<PartitionState> state_;
  std::optional<SavePoints> save_points_;
  std::size_t told_closed_ = 0;
  storage::StorePosition position_;
  std::optional<Timestamp> waiting_since_;  ///< the take-over, without a step forward
  std::string sentence_;
  log::Offset next_command_ = -1;
  std::optional<Flight> flight_;
  std::optional<Timestamp> not_before_;          ///< the batch came after this moment
  std::span<const log::Record* const> decided_;  ///< of the batch: what the flight holds
  std::span<const log::Record* const> rest_;     ///< of the batch: what comes behind it
  PartitionPhase phase_ = PartitionPhase::taking_over;
  std::string passed_over_;
  int aborts_in_a_row_ = 0;
  bool saving_ = false;
  bool waits_long_ = false;       ///< for the take-over
  bool group_is_behind_ = false;  ///< what it has committed lies before `next_command_`
};

}  // namespace casetrail::command
