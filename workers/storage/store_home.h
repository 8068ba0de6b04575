// The port to the place where the store of one role and partition lives: what opens it, copies it, discards
// it.
#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workers/log/event_log.h"
#include "workers/storage/dated_stores.h"
#include "workers/storage/store.h"

namespace casetrail::storage {

/// The family that every store has first: who it is and how far it got. The role's own follow from 1.
inline constexpr FamilyIndex kMetaFamily = 0;

/// How far into its topic a store has got. Lies in the store, written in the batch of the rows that it
/// covers.
struct StorePosition {
  log::Offset next = 0;          ///< behind everything that the rows cover
  log::Offset last_offset = -1;  ///< of the last record that they cover; -1: none yet
  std::string last_record;       ///< its event id: tells another log at the same offset apart

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(next), CEREAL_NVP(last_offset), CEREAL_NVP(last_record));
  }

  bool operator==(const StorePosition&) const = default;
};

void put_position(StoreBatch& batch, const StorePosition& position);

/// Asks, in the batch that overwrites or erases it, that what was there leaves the disk.
void ask_scrub(StoreBatch& batch);
/// Whether somebody asked, and it was not done since.
[[nodiscard]] StoreResult<bool> is_scrub_asked(const StoreView& store);
[[nodiscard]] StoreResult<void> note_scrub_done(Store& store);

/// What a store must be of to be used.
struct StoreIdentity {
  std::string log;          ///< `EventLog::identity`
  std::string fingerprint;  ///< of what its rows mean: schemas and fold
};

enum class DiscardReason { missing, corrupt, other_log, other_schema, newer_version, ahead_of_log };
constexpr auto enum_names(DiscardReason) {
  return std::to_array<std::string_view>(
      {"missing", "corrupt", "other_log", "other_schema", "newer_version", "ahead_of_log"});
}

/// A copy that was found and not used.
struct Discarded {
  DiscardReason reason;
  std::string sentence;
};

struct OpenedStore {
  Store* store;                           ///< owned by the home, until its next `open` or `discard`
  std::optional<StorePosition> position;  ///< nothing: the store is empty, begin at the log's first record
  std::vector<Discarded> discarded;       ///< what was passed over on the way to it
};

/// Belongs to one thread, like the store that it owns.
class StoreHome {
 public:
  virtual ~StoreHome() = default;

  /// Closes what was open, then opens the newest copy that can be trusted; an empty store when there is none.
  [[nodiscard]] virtual StoreResult<OpenedStore> open(const StoreIdentity& expected) = 0;

  /// Closes and removes what was opened; the next `open` takes an older copy. For what only the caller can
  /// find: rows that are damaged, or ahead of the log.
  [[nodiscard]] virtual StoreResult<void> discard() = 0;

  /// Flushes, and keeps a copy as of now beside the one before it.
  [[nodiscard]] virtual StoreResult<void> checkpoint() = 0;

  /// The same, while its owner goes on: begins to flush what was written so far. A home whose disk nobody
  /// waits for does all of it when it finishes.
  [[nodiscard]] virtual StoreResult<void> start_checkpoint() { return {}; }
  /// True when the copy that was started is kept; false while the disk is at work: ask again.
  [[nodiscard]] virtual StoreResult<bool> finish_checkpoint() {
    if (auto kept = checkpoint(); !kept) return std::unexpected(std::move(kept.error()));
    return true;
  }

  /// Keeps a copy as of the last flush for later, when the newest of them is an hour older than `covers`: no
  /// record that the rows hold is newer. Thins what is kept. A home that keeps none for later reports none.
  [[nodiscard]] virtual StoreResult<DatedReport> keep_for_later(Timestamp /*covers*/, Timestamp /*now*/) {
    return {};
  }

  /// Takes from the disk, from older copies too, what was overwritten or erased until now. A home without a
  /// disk has nothing to do.
  [[nodiscard]] virtual StoreResult<void> scrub() { return {}; }
};

/// Does it, and notes that it is done.
[[nodiscard]] StoreResult<void> scrub(StoreHome& home, Store& store);

struct CheckedStore : OpenedStore {
  /// Has read the store's last event and goes on behind it; null when it covers none.
  std::unique_ptr<log::Reader> events;
};

/// Opens the store and asks `log` whether it still holds the store's last event. Discards what is ahead of
/// the log or of another one.
[[nodiscard]] std::expected<CheckedStore, std::string> open_checked(StoreHome& home,
                                                                    const StoreIdentity& expected,
                                                                    log::EventLog& log,
                                                                    log::Partition partition);

}  // namespace casetrail::storage
