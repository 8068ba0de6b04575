// The copies of a projection below a data folder.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include "workers/projection/copy_storage.h"
#include "workers/storage/store_folder.h"

namespace casetrail::projection {

/// `stores/<projection>.<copy>/<partition>`, and the pointer in `stores/<projection>.live`.
class DiskCopyStorage final : public CopyStorage {
 public:
  /// `memory` outlives this.
  DiskCopyStorage(std::filesystem::path data, std::string projection, storage::StorageMemory& memory);

  [[nodiscard]] storage::StoreResult<std::optional<CopyNumber>> live() override;
  [[nodiscard]] storage::StoreResult<void> set_live(CopyNumber copy) override;
  [[nodiscard]] storage::StoreResult<std::vector<CopyNumber>> copies() override;
  [[nodiscard]] storage::StoreHome& home(CopyNumber copy, log::Partition partition,
                                         const std::vector<std::string>& families) override;
  [[nodiscard]] storage::StoreResult<void> remove(CopyNumber copy) override;

 private:
  [[nodiscard]] std::filesystem::path stores() const { return data_ / "stores"; }
  [[nodiscard]] std::string role(CopyNumber copy) const;

  std::filesystem::path data_;
  std::string projection_;
  storage::StorageMemory& memory_;
  std::map<std::pair<CopyNumber, log::Partition>, std::unique_ptr<storage::StoreFolder>> homes_;
};

}  // namespace casetrail::projection
