// The earliest timers of a partition in memory, so that a million open cases cost nothing to start with.
#pragma once

#include <optional>
#include <set>

#include "workers/command/case_rows.h"

namespace casetrail::command {

/// One entry a case: its earliest due time. Holds all timers up to a horizon; those behind it lie in the
/// store alone.
class TimerWindow {
 public:
  explicit TimerWindow(std::size_t capacity = 4096) : capacity_(capacity) {}

  /// Begins anew with the store's first rows.
  [[nodiscard]] storage::StoreResult<void> load(const storage::Store& store);

  /// Takes further rows from the store when few are left. Everything that was set must be in the store.
  [[nodiscard]] storage::StoreResult<void> refill(const storage::Store& store);

  /// Moves the timer of `case_id`; nothing: it had none, or has none any more.
  void move(const CaseId& case_id, std::optional<Timestamp> from, std::optional<Timestamp> to);

  /// Nothing when no timer runs, or when `exhausted`.
  [[nodiscard]] const TimedKey* earliest() const { return known_.empty() ? nullptr : &*known_.begin(); }

  /// Nothing is left here, and the store has more.
  [[nodiscard]] bool exhausted() const { return known_.empty() && horizon_; }

 private:
  [[nodiscard]] storage::StoreResult<void> read_behind(const storage::Store& store, const std::string& last);
  void trim();

  std::size_t capacity_;
  std::set<TimedKey> known_;
  std::optional<TimedKey> horizon_;  ///< the last key that is known for sure; nothing: all are
};

}  // namespace casetrail::command
