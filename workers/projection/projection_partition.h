// One partition of one copy of a projection: folds each event into every view, once whatever happens.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "workers/projection/case_ledger.h"
#include "workers/projection/partition_position.h"
#include "workers/projection/stored_rows.h"

namespace casetrail::projection {

enum class PartitionHealth {
  sound,
  cut_off,     ///< the log does not deliver it now; goes on by itself
  unreadable,  ///< the log will not deliver it before somebody has mended it
  blocked,     ///< the next record is beyond this binary
  broken,      ///< its store failed: the rows in memory are void
};

/// How far a partition has come, as of its last written batch.
struct PartitionProgress {
  PartitionPosition position;
  /// Of the first record that is not covered, as far as it came, else of the one before it; nothing when none
  /// came.
  std::optional<Timestamp> first_unapplied_at;
  PartitionHealth health = PartitionHealth::sound;
  std::string stopped;  ///< unless sound: why it takes no more records, and the remedy
  storage::DatedReport kept_for_later{};
  std::int64_t failed_to_keep = 0;  ///< copies for later that could not be made
  std::int64_t erasures = 0;        ///< `customer.erased` that it took since it was opened
};

/// Its rows and its position reach the store in one batch. `found_damaged`, `progress`, `closed_cases`,
/// `take_newly_closed` and `snapshot` are for any thread, all else is for the one that feeds it.
class ProjectionPartition {
 public:
  /// One of `partitions`. `store` is the one that `home` has open; both outlive this. `closed`: see
  /// `read_closed`.
  ProjectionPartition(log::Partition number, log::Partition partitions, storage::StoreHome& home,
                      storage::Store& store, const ProjectionType& type, PartitionPosition position,
                      std::vector<ClosedCase> closed);

  [[nodiscard]] log::Partition number() const { return number_; }
  [[nodiscard]] log::Offset next() const { return position_.next; }
  [[nodiscard]] PartitionHealth health() const { return health_; }

  /// These offsets are passed over, whatever lies there. One that waits at such a record goes on.
  void pass_over(std::set<log::Offset> quarantined);

  /// Takes the next record of the log. It is covered once `write` has been called.
  void apply(const log::Record& record);

  /// Says why the log does not deliver the next record; nothing: it does again.
  void cut_off(const std::optional<log::LogError>& why);

  /// From now on it remembers events of which it cannot tell that their commands were ever written, until
  /// somebody judges them.
  void expect_judgement() { commands_end_ = commands_end_.value_or(0); }
  [[nodiscard]] bool has_unproven() const { return !unproven_.empty(); }
  /// Closes the cases of those whose commands lie behind `end`, which the commands had after it took them:
  /// only who is no writer names such a one. Unless the commands may have been made anew since, for they hold
  /// nothing of before: `since` says how far back they go.
  void judge_unproven(log::Offset end, const std::function<std::optional<Timestamp>()>& since);

  /// Ends the batch. Everything below `position` was delivered to `apply` or is no event. True when there was
  /// something to write.
  bool write(log::Offset position);

  /// Makes what was written safe against a kill. False when it is broken.
  bool keep();
  /// The same, every ten seconds and every 200,000 events, over several calls: none waits for the disk.
  /// Where a customer was erased, it takes from the disk what the rows held before, in older copies too.
  void keep_if_due(Timestamp now);

  /// Asks for the rows as they are when exactly the events below `offset` are in them; `offset` is not below
  /// `next`. Answered by `take_snapshot`, once the log has come that far.
  void snapshot_at(log::Offset offset);
  [[nodiscard]] std::unique_ptr<storage::StoreView> take_snapshot() { return std::move(snapshot_); }

  /// Somebody who read its rows found them damaged. They stay so until the store is opened anew.
  void found_damaged(const std::string& reason);

  [[nodiscard]] PartitionProgress progress() const;
  /// All that take no more events, as of its last written batch.
  [[nodiscard]] std::vector<ClosedCase> closed_cases() const;
  /// Those of them that were closed since the last call; the first time all of them.
  [[nodiscard]] std::vector<ClosedCase> take_newly_closed();
  [[nodiscard]] std::unique_ptr<storage::StoreView> snapshot() const { return store_.snapshot(); }

 private:
  /// An event that names a command.
  struct Unproven {
    CaseId case_id;
    CaseStep step;
    Timestamp recorded_at;
  };

  void fold(const log::Record& record);
  void note_command();
  [[nodiscard]] storage::StoreResult<void> take_event(log::Offset offset);
  [[nodiscard]] storage::StoreResult<void> close_case(const CaseId& case_id, const std::string& why);
  void pass_over_stray(log::Offset offset, std::string_view why);
  void name_closed(const CaseId& case_id, const std::string& why);
  [[nodiscard]] StreamDamage& damage();
  void finish_keeping(Timestamp now);
  void keep_for_later(Timestamp now);
  void scrub();
  void stop(PartitionHealth health, const std::string& reason);
  void publish();
  [[nodiscard]] std::optional<storage::StoreError> failed_read() const;

  const log::Partition number_;
  const log::Partition partitions_;
  storage::StoreHome& home_;
  storage::Store& store_;
  PartitionPosition position_;
  std::set<log::Offset> quarantined_;
  CaseLedger cases_;
  std::optional<log::Offset> commands_end_;  ///< as of the last judgement; nothing: nobody judges
  std::vector<Unproven> unproven_;           ///< taken since then, and of no command below that
  std::vector<std::unique_ptr<StoredRows>> rows_;
  std::vector<std::unique_ptr<kit::View>> views_;
  CaseEvent event_;
  CaseId last_case_;
  std::int64_t last_seq_ = 0;
  bool pending_ = false;
  Timestamp last_at_{};
  std::optional<Timestamp> covers_;  ///< no record in the rows is newer; absent: none came since the start
  std::vector<ClosedCase> newly_closed_;  ///< in this batch
  storage::StoreBatch batch_;
  PartitionHealth health_ = PartitionHealth::sound;
  std::optional<log::Offset> snapshot_at_;
  std::unique_ptr<storage::StoreView> snapshot_;
  std::int64_t kept_events_ = 0;
  std::optional<Timestamp> kept_at_;
  bool unkept_ = false;
  bool keeping_ = false;
  bool scrub_asked_ = false;  ///< and not done yet
  std::int64_t erasures_ = 0;

  mutable std::mutex mutex_;  ///< guards what follows
  PartitionProgress published_;
  std::vector<ClosedCase> closed_;
  std::size_t taken_closed_ = 0;  ///< of them
  std::string damage_;
};

}  // namespace casetrail::projection
