// The home of a RocksDB store: `stores/<role>/<partition>` below the data folder.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "workers/storage/rocks_store.h"
#include "workers/storage/store_home.h"

namespace casetrail::storage {

/// Holds the live store and two checkpoints that share files with it: `live`, `checkpoint.1`, `checkpoint.2`.
class StoreFolder final : public StoreHome {
 public:
  /// `families` are the role's own, without `meta`. `memory` outlives this.
  StoreFolder(const std::filesystem::path& data, const std::string& role, log::Partition partition,
              const std::vector<std::string>& families, StorageMemory& memory);

  [[nodiscard]] StoreResult<OpenedStore> open(const StoreIdentity& expected) override;
  [[nodiscard]] StoreResult<void> discard() override;
  [[nodiscard]] StoreResult<void> checkpoint() override;
  [[nodiscard]] StoreResult<void> start_checkpoint() override;
  [[nodiscard]] StoreResult<bool> finish_checkpoint() override;

  [[nodiscard]] const std::filesystem::path& path() const { return folder_; }
  /// The store that is open; null before `open`.
  [[nodiscard]] const RocksStore* store() const { return store_.get(); }

 private:
  [[nodiscard]] std::filesystem::path live() const { return folder_ / "live"; }
  [[nodiscard]] std::filesystem::path checkpoint_at(int age) const;
  [[nodiscard]] StoreResult<void> keep_copy();
  [[nodiscard]] StoreResult<std::expected<OpenedStore, Discarded>> try_live(const StoreIdentity& expected,
                                                                            Verification verification);

  std::filesystem::path folder_;
  std::vector<std::string> families_;
  StorageMemory& memory_;
  std::unique_ptr<RocksStore> store_;
};

}  // namespace casetrail::storage
