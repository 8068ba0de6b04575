// The store on RocksDB: the only file that knows it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "workers/storage/store.h"

namespace casetrail::storage {

/// A number that RocksDB tells of an open store.
struct StoreProperty {
  enum class Of {
    database,  ///< of all families together
    families,  ///< the sum over them
    fullest,   ///< the largest of them
  };
  std::string_view name;  ///< RocksDB's own: `rocksdb.live-sst-files-size`
  Of of;
};

/// The memory that all stores of the process share: block cache and write buffers under one ceiling.
/// Outlives the stores that were opened with it. Any thread.
class StorageMemory {
 public:
  explicit StorageMemory(std::size_t ceiling_bytes);
  ~StorageMemory();
  StorageMemory(const StorageMemory&) = delete;
  StorageMemory& operator=(const StorageMemory&) = delete;

  [[nodiscard]] std::size_t ceiling_bytes() const { return ceiling_bytes_; }
  /// Blocks and write buffers held now.
  [[nodiscard]] std::size_t used_bytes() const;
  /// Of these, blocks that must stay.
  [[nodiscard]] std::size_t pinned_bytes() const;

  /// By role, `command` or `boards`: each of `properties`, in their order, summed over the
  /// stores that are open now. An opening or closing store waits for it, no read or write does.
  [[nodiscard]] std::map<std::string, std::vector<std::uint64_t>> sums(
      std::span<const StoreProperty> properties) const;

 private:
  friend class RocksStore;
  struct Shared;

  std::size_t ceiling_bytes_;
  std::unique_ptr<Shared> shared_;
};

/// What of a store's checksums is read while it opens.
enum class Verification {
  as_read,     ///< a block is checked when it is read
  everything,  ///< every block now, as a copy deserves that was not in use
};

/// Written without a log of its own: after a kill it is as of its last flush, all families alike. Closing it
/// in order flushes. Never fork a process that has one open.
class RocksStore final : public Store {
 public:
  /// Opens what lies in `folder`; an empty or missing folder becomes an empty store.
  [[nodiscard]] static StoreResult<std::unique_ptr<RocksStore>> open(const std::filesystem::path& folder,
                                                                     const std::vector<std::string>& families,
                                                                     StorageMemory& memory,
                                                                     Verification verification);
  ~RocksStore() override;
  RocksStore(const RocksStore&) = delete;
  RocksStore& operator=(const RocksStore&) = delete;

  [[nodiscard]] StoreResult<std::optional<std::string>> get(FamilyIndex family,
                                                            std::string_view key) const override;
  [[nodiscard]] StoreResult<void> scan(FamilyIndex family, std::string_view prefix, std::string_view from,
                                       const OnRow& on_row) const override;
  [[nodiscard]] StoreResult<void> write(const StoreBatch& batch) override;
  [[nodiscard]] StoreResult<void> flush() override;
  [[nodiscard]] std::unique_ptr<StoreView> snapshot() const override;

  /// Begins to flush what was written so far.
  [[nodiscard]] StoreResult<void> start_flush();
  /// True when nothing is on its way to the disk.
  [[nodiscard]] StoreResult<bool> has_flushed() const;

  /// Makes `folder` (which must not exist, on the same file system) a copy as of the last flush that shares
  /// files.
  [[nodiscard]] StoreResult<void> copy_flushed(const std::filesystem::path& folder);

  /// Writes all that was written so far anew, without what was overwritten or erased; the files that held
  /// that go.
  [[nodiscard]] StoreResult<void> rewrite();

  /// On the disk, all families.
  [[nodiscard]] std::uint64_t disk_bytes() const;

 private:
  friend class StorageMemory;
  struct Open;
  class Snapshot;
  explicit RocksStore(std::unique_ptr<Open> open);

  std::unique_ptr<Open> open_;
};

}  // namespace casetrail::storage
