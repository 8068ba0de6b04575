// Decides commands and due timers on a partition's state, and drafts the transaction that records them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "aggregates/case/decider.h"
#include "events/wire/outcome.h"
#include "workers/command/partition_state.h"
#include "workers/command/policy_book.h"
#include "workers/log/counters.h"
#include "workers/log/event_log.h"

namespace casetrail::command {

/// How many of what a draft holds, for the metrics when it is committed.
struct Tally {
  std::uint64_t accepted = 0;
  std::uint64_t rejected = 0;
  std::uint64_t repeated = 0;
  std::uint64_t dead_letters = 0;
  std::uint64_t conflicts = 0;
  std::uint64_t events = 0;
  std::uint64_t timers_fired = 0;
  log::CountsByWord::Counts refusals{};    ///< by code
  std::vector<log::Offset> of_the_past{};  ///< commands that bring facts of elsewhere; rising
};

/// What one transaction appends.
struct DraftedBatch {
  std::vector<log::Outgoing> records;
  std::size_t bytes = 0;
  std::string last_event;  ///< id of the last event; empty: it has none
  Tally tally;
};

/// Works on one draft at a time, over the pending side of `state`.
class BatchDecider {
 public:
  /// Where the commands come from, and the wall clock, which no time of a command passes.
  struct Scene {
    log::Partition partition;
    log::Partition partitions;
    Timestamp wall;
    /// See `EventLog::cannot_forget`; asked when something is to be erased.
    std::function<std::optional<std::string>()> cannot_forget = [] { return std::nullopt; };
  };

  BatchDecider(PartitionState& state, const PolicyBook& policies, const Scene& scene)
      : state_(state), policies_(policies), scene_(scene) {}

  /// Decides from the first of `commands` on, each after the timers that were due before its time, until all
  /// are decided or the draft is full. Returns how many were decided.
  std::size_t take_commands(std::span<const log::Record* const> commands);

  /// Fires the timers that were due before the wall clock, until none is left or the draft is full.
  void take_due_timers();

  [[nodiscard]] DraftedBatch& draft() { return draft_; }

 private:
  [[nodiscard]] bool full() const;
  [[nodiscard]] bool fire_timers_before(Timestamp due, Timestamp at);
  void fire(const TimedKey& timer, Timestamp at);
  void take_command(const log::Record& record, Timestamp at);
  void decide_command(const CommandEnvelope& envelope, log::Offset offset, Timestamp at);
  void answer_again(const CommandEnvelope& envelope, log::Offset offset, const RememberedCommand& first,
                    Timestamp at);
  void refuse(const CommandEnvelope& envelope, log::Offset offset, Timestamp at, const Rejection& rejection);
  void bury(const log::Record& record, Timestamp at, std::string_view code,
            const UnreadableCommand& unreadable);
  /// Takes `events`, which share all of `envelope` but the event itself; its seq is that of the first. False:
  /// one is too large, and none was taken. `source`: of the command; empty: it is a timer.
  [[nodiscard]] bool record(CaseEvent envelope, std::string_view source, const std::vector<Event>& events);
  void append(log::Topic topic, Message message);
  /// `offset`: of the record that is answered.
  void append_outcome(Outcome outcome, std::string_view source, log::Offset offset, Timestamp at);
  [[nodiscard]] std::string token(log::Offset offset) const;

  PartitionState& state_;
  const PolicyBook& policies_;
  Scene scene_;
  DraftedBatch draft_;
  int fired_at_once_ = 0;  ///< timers of one case at one moment, in a row
};

}  // namespace casetrail::command
