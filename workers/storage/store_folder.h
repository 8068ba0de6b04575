// The home of a RocksDB store: `stores/<role>/<partition>` below the data folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workers/storage/rocks_store.h"
#include "workers/storage/store_home.h"

namespace casetrail::storage {

/// Holds the live store and two checkpoints that share files with it: `live`, `checkpoint.1`, `checkpoint.2`;
/// and in `dated` the copies that are kept for later.
class StoreFolder final : public StoreHome {
 public:
  /// `families` are the role's own, without `meta`. `memory` outlives this.
  /// Copies for later take `dated_bytes` at most beside the live store; 0: none are kept.
  StoreFolder(const std::filesystem::path& data, const std::string& role, log::Partition partition,
              const std::vector<std::string>& families, StorageMemory& memory, std::uint64_t dated_bytes = 0);

  [[nodiscard]] StoreResult<OpenedStore> open(const StoreIdentity& expected) override;
  [[nodiscard]] StoreResult<void> discard() override;
  [[nodiscard]] StoreResult<void> checkpoint() override;
  [[nodiscard]] StoreResult<void> start_checkpoint() override;
  [[nodiscard]] StoreResult<bool> finish_checkpoint() override;
  [[nodiscard]] StoreResult<DatedReport> keep_for_later(Timestamp covers, Timestamp now) override;
  [[nodiscard]] StoreResult<void> scrub() override;

  [[nodiscard]] const std::filesystem::path& path() const { return folder_; }
  [[nodiscard]] DatedStores dated() const { return DatedStores(folder_ / "dated"); }
  /// Before `open`: begins with the newest of `copies` that covers nothing behind `as_of`, and the one before
  /// it, should that not do. Returns what the first covers; nothing when there is none.
  [[nodiscard]] std::optional<Timestamp> begin_with(const DatedStores& copies, Timestamp as_of);
  /// The store that is open; null before `open`.
  [[nodiscard]] const RocksStore* store() const { return store_.get(); }

 private:
  [[nodiscard]] std::filesystem::path live() const { return folder_ / "live"; }
  [[nodiscard]] std::filesystem::path checkpoint_at(int age) const;
  [[nodiscard]] StoreResult<void> keep_copy();
  [[nodiscard]] StoreResult<void> keep_dated(const std::filesystem::path& folder, Timestamp covers,
                                             Timestamp now);
  /// Those that may hold what a rewriting has taken out.
  [[nodiscard]] StoreResult<void> remove_copies();
  [[nodiscard]] StoreResult<std::expected<OpenedStore, Discarded>> try_live(const StoreIdentity& expected,
                                                                            Verification verification);

  std::filesystem::path folder_;
  std::vector<std::string> families_;
  StorageMemory& memory_;
  const std::uint64_t dated_bytes_;
  std::optional<DatedReport> reported_;
  std::unique_ptr<RocksStore> store_;
};

}  // namespace casetrail::storage
