// The copies of a projection below a data folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "workers/projection/copy_storage.h"
#include "workers/storage/store_folder.h"

namespace casetrail::projection {

/// `stores/<projection>.<copy>/<partition>`, and the pointer in `stores/<projection>.live`.
class DiskCopyStorage final : public CopyStorage {
 public:
  /// `memory` outlives this. Its stores keep copies for later, each up to `dated_bytes`.
  DiskCopyStorage(std::filesystem::path data, std::string projection, storage::StorageMemory& memory,
                  std::uint64_t dated_bytes = 0);
  /// Begins copies with what `origin`, a data folder, keeps for later.
  DiskCopyStorage(std::filesystem::path data, std::string projection, storage::StorageMemory& memory,
                  std::filesystem::path origin);

  [[nodiscard]] storage::StoreResult<std::optional<CopyNumber>> live() override;
  [[nodiscard]] storage::StoreResult<void> set_live(CopyNumber copy) override;
  [[nodiscard]] storage::StoreResult<std::vector<CopyNumber>> copies() override;
  [[nodiscard]] storage::StoreHome& home(CopyNumber copy, log::Partition partition,
                                         const std::vector<std::string>& families) override;
  [[nodiscard]] std::optional<Timestamp> newest_dated(Timestamp as_of) override;
  void begin_dated(CopyNumber copy, Timestamp as_of, log::Partition partitions,
                   const std::vector<std::string>& families) override;
  [[nodiscard]] storage::StoreResult<void> remove(CopyNumber copy) override;

 private:
  [[nodiscard]] std::filesystem::path stores() const { return data_ / "stores"; }
  [[nodiscard]] std::string role(CopyNumber copy) const;
  [[nodiscard]] storage::StoreFolder& folder(CopyNumber copy, log::Partition partition,
                                             const std::vector<std::string>& families);
  /// Where the origin's live copy has its partitions; nothing without one.
  [[nodiscard]] std::optional<std::filesystem::path> dated_from() const;

  std::filesystem::path data_;
  std::string projection_;
  storage::StorageMemory& memory_;
  std::uint64_t dated_bytes_ = 0;
  std::optional<std::filesystem::path> origin_;
  std::map<std::pair<CopyNumber, log::Partition>, std::unique_ptr<storage::StoreFolder>> homes_;
};

}  // namespace casetrail::projection
