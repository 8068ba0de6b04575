// The cases of one partition as its log has them, and what a batch that is not committed yet makes of them.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "events/case/case_event.h"
#include "workers/command/case_cache.h"
#include "workers/command/case_rows.h"
#include "workers/command/timer_window.h"

namespace casetrail::command {

/// Cases that take no commands any more, for their events do not follow each other: each with its reason.
using DamagedCases = std::map<CaseId, std::string>;

/// Replay and live work take events by the same path. The store holds what is committed; a batch works on
/// copies, which `keep` writes and `drop` forgets. The first failure of the store stands: what is read after
/// it means nothing, so ask `failure` before anything is committed.
class PartitionState {
 public:
  /// `store` outlives this.
  PartitionState(storage::Store& store, std::size_t cached_cases);

  /// To be called before anything else.
  [[nodiscard]] storage::StoreResult<void> load();

  /// Of what was taken last. Goes back only where the clock was ahead.
  [[nodiscard]] Timestamp time() const { return progress_.time; }
  void set_time(Timestamp to) { set_time(progress_, to); }
  /// A clock that was ahead is right again: nothing happens later than `to`. Only between two batches.
  void set_time_back(Timestamp to);
  /// Behind the last command that led to events. Commands behind it may have been refused.
  [[nodiscard]] log::Offset next_command() const { return progress_.next_command; }

  /// Whether `command`, which led to no events yet, lies before one that did: the commands were made anew.
  [[nodiscard]] bool counts_anew(log::Offset command) const { return command < progress_.commands_end; }

  /// Valid until the next call for another case.
  [[nodiscard]] const CaseState& state_of(const CaseId& case_id) { return held(case_id).state; }
  /// What the command of this id and source led to. One that was recorded without its source is of each.
  [[nodiscard]] std::optional<RememberedCommand> remembered(const CommandId& id, std::string_view source);
  /// Why the case is closed to commands; null when it is not.
  [[nodiscard]] const std::string* damage_of(const CaseId& case_id) const;
  /// Every case that is closed to commands. It stays as it is: what is closed later is in another one.
  [[nodiscard]] std::shared_ptr<const DamagedCases> closed_cases() const { return closed_; }
  [[nodiscard]] const TimerWindow& timers() const { return timers_; }

  /// Evolves the case of `event`, whose command came from `command_source`; empty: its record does not say. A
  /// gap or a repeat of its `seq` closes the case instead.
  void take(const CaseEvent& event, std::string_view command_source = {});
  void close_case(const CaseId& case_id, std::string why);

  /// Writes what was taken, as of `position`: one batch.
  [[nodiscard]] storage::StoreResult<void> keep(const storage::StorePosition& position);
  /// Forgets what was taken since the last `keep`.
  [[nodiscard]] storage::StoreResult<void> drop();
  /// `what` contradicts the rest of the store: a failure, too.
  void distrust(const std::string& what);
  [[nodiscard]] const std::optional<storage::StoreError>& failure() const { return failure_; }

  /// Erases some of the ids that were taken before the last `kIdRetention`.
  [[nodiscard]] storage::StoreResult<void> forget_old_ids();

 private:
  static void set_time(Progress& progress, Timestamp to);
  HeldCase& held(const CaseId& case_id);
  [[nodiscard]] DamagedCases& changing_closed();
  void remember(const CaseEvent& event, std::string_view source);
  [[nodiscard]] std::optional<RememberedCommand> remembered(const std::string& key);
  [[nodiscard]] std::optional<std::string> row(storage::FamilyIndex family, std::string_view key);
  void fail(storage::StoreError error);
  [[nodiscard]] storage::StoreResult<void> write(const storage::StorePosition& position);
  void put_cases(storage::StoreBatch& batch);
  void put_ids(storage::StoreBatch& batch) const;

  storage::Store& store_;
  CaseCache cache_;
  TimerWindow timers_;
  Progress progress_;
  Progress kept_progress_;
  bool changed_ = false;
  std::unordered_map<CaseId, HeldCase> pending_;
  std::unordered_map<std::string, RememberedCommand> pending_ids_;  ///< by `memory_key`
  std::string unknown_;               ///< asked for last, and not found: whoever decides it asks twice
  std::vector<TimedKey> used_again_;  ///< ages of uses that were forgotten
  std::shared_ptr<DamagedCases> closed_ = std::make_shared<DamagedCases>();
  std::vector<CaseId> pending_closed_;
  std::optional<storage::StoreError> failure_;
};

}  // namespace casetrail::command
