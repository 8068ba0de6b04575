// Hears every outcome of the log and tells those who wait for one of them.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

#include "events/outcome.h"
#include "workers/log/event_log.h"

namespace casetrail {

/// Reads `casetrail.outcomes` from where it ended at the start, on a thread of its own. Any thread may ask.
class OutcomeWaiter {
 public:
  /// Nothing: the time was up first.
  using OnOutcome = std::function<void(std::optional<Outcome>)>;

  [[nodiscard]] static LogResult<std::unique_ptr<OutcomeWaiter>> start(EventLog& log);
  ~OutcomeWaiter();
  OutcomeWaiter(const OutcomeWaiter&) = delete;
  OutcomeWaiter& operator=(const OutcomeWaiter&) = delete;

  /// Calls `on_outcome` once, on the waiter's thread. Ask before the command is appended, or its outcome may
  /// have passed.
  void expect(const CommandId& id, std::chrono::milliseconds patience, OnOutcome on_outcome);

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    Clock::time_point until;
    OnOutcome on_outcome;
  };

  explicit OutcomeWaiter(std::unique_ptr<Reader> reader) : reader_(std::move(reader)) {}
  void listen(const std::stop_token& stop);
  void tell(const Outcome& outcome);
  void end_those_until(Clock::time_point now);

  std::unique_ptr<Reader> reader_;
  std::mutex mutex_;  ///< guards `waiting_`
  std::unordered_multimap<CommandId, Waiting> waiting_;
  std::jthread thread_;
};

}  // namespace casetrail
