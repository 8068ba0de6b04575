// The copies of a projection in maps: they outlive the process that a test plays, and crash when they are
// told to.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "tests/support/map_store.h"
#include "workers/projection/copy_storage.h"

namespace casetrail {

class MapCopies : public projection::CopyStorage {
 public:
  [[nodiscard]] storage::StoreResult<std::optional<projection::CopyNumber>> live() override { return live_; }

  [[nodiscard]] storage::StoreResult<void> set_live(projection::CopyNumber copy) override {
    if (failing_) return std::unexpected(*failing_);
    live_ = copy;
    return {};
  }

  [[nodiscard]] storage::StoreResult<std::vector<projection::CopyNumber>> copies() override {
    std::vector<projection::CopyNumber> numbers;
    for (const auto& [key, home] : homes_) {
      if (numbers.empty() || numbers.back() != key.first) numbers.push_back(key.first);
    }
    return numbers;
  }

  [[nodiscard]] storage::StoreHome& home(projection::CopyNumber copy, log::Partition partition,
                                         const std::vector<std::string>& /*families*/) override {
    return at(copy, partition);
  }

  [[nodiscard]] storage::StoreResult<void> remove(projection::CopyNumber copy) override {
    std::erase_if(homes_, [&](const auto& entry) { return entry.first.first == copy; });
    return {};
  }

  MapHome& at(projection::CopyNumber copy, log::Partition partition) {
    auto& home = homes_[{copy, partition}];
    if (!home) home = std::make_unique<MapHome>();
    return *home;
  }

  /// As after a kill: every store is as of its last flush.
  void crash() {
    for (const auto& [key, home] : homes_) home->store.crash();
  }

  /// The pointer cannot be written from now on; nothing: it can again.
  void fail_pointer(std::optional<storage::StoreError> error) { failing_ = std::move(error); }

  /// Every store that there is.
  [[nodiscard]] std::vector<MapStore*> stores() {
    std::vector<MapStore*> all;
    all.reserve(homes_.size());
    for (const auto& [key, home] : homes_) all.push_back(&home->store);
    return all;
  }

  /// The families of the views and the cases, without what a store says of itself.
  [[nodiscard]] std::vector<MapStore::Rows> rows(projection::CopyNumber copy) {
    std::vector<MapStore::Rows> all;
    for (const auto& [key, home] : homes_) {
      if (key.first != copy) continue;
      auto rows = home->store.rows();
      std::erase_if(rows, [](const auto& row) { return row.first.first == storage::kMetaFamily; });
      all.push_back(std::move(rows));
    }
    return all;
  }

 private:
  std::map<std::pair<projection::CopyNumber, log::Partition>, std::unique_ptr<MapHome>> homes_;
  std::optional<projection::CopyNumber> live_;
  std::optional<storage::StoreError> failing_;
};

}  // namespace casetrail
