// Hears every outcome of the log and tells those who wait for one of them.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include "events/wire/outcome.h"
#include "workers/log/event_log.h"

namespace casetrail::api {

/// An outcome, and where the record lies that it answers.
struct Heard {
  Outcome outcome;
  log::Offset command;
};

/// Reads `casetrail.outcomes` from where it ended at the start, on a thread of its own. Any thread may ask.
/// The same command id may be on its way more than once, with one body or several: each record has an outcome
/// of its own, which is told to whoever appended that record.
class OutcomeWaiter {
  struct Room;

 public:
  /// Nothing: the time was up first.
  using OnOutcome = std::function<void(std::optional<Heard>)>;
  /// Whoever waits. It may outlive the waiter, as the answer to an append may come late.
  class Ticket {
   public:
    /// The command lies at `offset`. Its outcome may have come before this was known.
    void appended(log::Offset offset) const;

   private:
    friend class OutcomeWaiter;
    std::shared_ptr<Room> room_;
    CommandId id_;
    std::uint64_t number_ = 0;
  };

  [[nodiscard]] static log::LogResult<std::unique_ptr<OutcomeWaiter>> start(log::EventLog& log);
  ~OutcomeWaiter();
  OutcomeWaiter(const OutcomeWaiter&) = delete;
  OutcomeWaiter& operator=(const OutcomeWaiter&) = delete;

  /// Calls `on_outcome` once, on the waiter's thread or in `Ticket::appended`. Ask before the command is
  /// appended, or its outcome may have passed.
  [[nodiscard]] Ticket expect(const CommandId& id, log::Partition partition,
                              std::chrono::milliseconds patience, OnOutcome on_outcome);

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    std::uint64_t number;  ///< of its ticket
    log::Partition partition;
    Clock::time_point until;
    OnOutcome on_outcome;
    std::optional<log::Offset> offset{};  ///< of the command, once the log has told it
    std::vector<Heard> early{};           ///< what came for this id until then
  };

  struct Room {
    std::mutex mutex;  ///< guards all of it
    std::unordered_multimap<CommandId, Waiting> waiting;
    std::uint64_t last_number = 0;
  };

  /// A partition that the log does not deliver.
  struct CutOff {
    Clock::time_point until;
    log::Offset next;
  };

  OutcomeWaiter(log::EventLog& log, std::unique_ptr<log::Reader> reader)
      : log_(log), reader_(std::move(reader)) {}
  void listen(const std::stop_token& stop);
  void lose(const log::ReadError& error);
  void start_those_due(Clock::time_point now);
  void hear(const log::Record& record);
  void tell(log::Partition partition, const Heard& heard);
  void end_those_until(Clock::time_point now);

  log::EventLog& log_;
  std::unique_ptr<log::Reader> reader_;
  std::map<log::Partition, CutOff> cut_off_;
  std::shared_ptr<Room> room_ = std::make_shared<Room>();
  std::jthread thread_;
};

}  // namespace casetrail::api
