// How a partition becomes ours: in an order that no interleaving with its last owner can break.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "workers/command/metrics.h"
#include "workers/command/partition_state.h"
#include "workers/command/policy_book.h"
#include "workers/log/event_log.h"
#include "workers/log/reason.h"
#include "workers/storage/store_home.h"

namespace casetrail::command {

/// What a partition works with. All of it outlives the partition.
struct PartitionPorts {
  log::EventLog& log;
  log::Membership& membership;
  log::PartitionWriter& writer;
  storage::StoreHome& home;
  CommandMetrics& metrics;
  const PolicyBook& policies;
};

/// Why the commands cannot be read from `next` on, and what to do; nothing when they can.
[[nodiscard]] std::optional<std::string> unreachable(log::Partition partition, log::Offset next,
                                                     const log::Bounds& commands);

/// Fence the last owner; then read the committed input offset, which waits for what the last owner left open
/// with other partitions; then open the store; then replay the events up to the high watermark of that
/// moment; then hold the committed offset against the outcomes and events, which were committed with it and
/// show how far the commands were really taken. Each step does a bounded piece of it.
class TakeOver {
 public:
  TakeOver(const PartitionPorts& ports, log::Partition partition, std::size_t cached_cases);

  enum class Progress {
    going_on,
    waiting,     ///< for what `sentence` says; goes on by itself
    done,        ///< `result` may be taken
    fenced,      ///< somebody else owns the partition
    impossible,  ///< an operator has to do what `sentence` says
  };
  [[nodiscard]] Progress step();

  /// What it does or waits for now.
  [[nodiscard]] const std::string& sentence() const { return sentence_; }
  [[nodiscard]] log::ReasonCode reason() const;
  /// The record at which it waits for a quarantine; nothing: it waits for none.
  [[nodiscard]] std::optional<log::Offset> blocked_at() const;

  /// How much of the events that it has to replay it has replayed; nothing before it knows.
  [[nodiscard]] std::optional<double> replayed() const;

  struct Result {
    log::Offset next_command;
    bool group_is_behind;  ///< it has to be told of `next_command`
    storage::StorePosition position;
    std::unique_ptr<PartitionState> state;
    std::uint64_t unsaved_events;  ///< replayed since the store's last flush
    std::string passed_over;       ///< commands that nobody answered, a sentence; empty: none
  };
  [[nodiscard]] Result take_result();

 private:
  enum class Stage {
    fence,
    input,
    store,
    replay,
    held,  ///< at a record that this binary cannot read, until that is quarantined
    first_command,
  };

  [[nodiscard]] Progress fence();
  [[nodiscard]] Progress read_input();
  [[nodiscard]] Progress without_input(const log::LogError& error);
  [[nodiscard]] Progress open_store();
  [[nodiscard]] Progress replay();
  [[nodiscard]] Progress wait_for_quarantine();
  [[nodiscard]] Progress hold(const log::Record& record, const std::string& reason);
  /// Behind what was replayed or is in the store.
  [[nodiscard]] log::Offset reached() const;
  [[nodiscard]] Progress find_first_command();
  /// Behind the last command that was taken, by the outcomes or the events; `said` when they show no more.
  [[nodiscard]] log::LogResult<log::Offset> taken_up_to(log::Offset said, const log::Bounds& commands);
  /// Says which commands behind `last`, the last one that was answered, the group passes over.
  [[nodiscard]] log::LogResult<void> note_passed_over(log::Offset last, log::Offset said,
                                                      const log::Bounds& commands);
  [[nodiscard]] Progress take(const log::Record& record);
  [[nodiscard]] Progress keep();
  [[nodiscard]] Progress wait_for_end();
  void wait_for_transaction(std::string sentence);
  [[nodiscard]] Progress stopped_by(const log::LogError& error);
  [[nodiscard]] Progress stopped_by(const storage::StoreError& error);

  PartitionPorts ports_;
  log::Partition partition_;
  std::size_t cached_cases_;
  Stage stage_ = Stage::fence;
  log::Promised<log::LogResult<void>> fencing_;
  log::Promised<log::LogResult<std::optional<log::Offset>>> asking_;
  std::string sentence_;
  bool is_in_transaction_ = false;        ///< what it waits for, by `sentence_`
  std::optional<log::Offset> committed_;  ///< by the group
  log::Offset next_command_ = -1;
  std::string passed_over_;
  log::Offset end_ = 0;  ///< of the events, asked after the fence
  std::optional<log::Offset> replayed_from_;
  std::unique_ptr<log::Reader> events_;
  storage::StorePosition position_;
  std::unique_ptr<PartitionState> state_;
  std::uint64_t unsaved_events_ = 0;
  CaseEvent event_;
};

}  // namespace casetrail::command
