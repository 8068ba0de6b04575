// A store in memory for tests: it can crash back to its last flush, fail, or tear a write when it is told to.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/wire/binary.h"
#include "workers/storage/meta.h"
#include "workers/storage/store_home.h"

namespace casetrail {

class MapStore final : public storage::Store {
 public:
  using Rows = std::map<std::pair<storage::FamilyIndex, std::string>, std::string>;

  [[nodiscard]] storage::StoreResult<std::optional<std::string>> get(storage::FamilyIndex family,
                                                                     std::string_view key) const override {
    if (failing_read_) return std::unexpected(*std::exchange(failing_read_, std::nullopt));
    const auto found = rows_.find({family, std::string(key)});
    if (found == rows_.end()) return std::nullopt;
    return found->second;
  }

  [[nodiscard]] storage::StoreResult<void> scan(storage::FamilyIndex family, std::string_view prefix,
                                                std::string_view from, const OnRow& on_row) const override {
    for (auto row = rows_.lower_bound({family, std::string(std::max(prefix, from))}); row != rows_.end();
         ++row) {
      const auto& [key, value] = *row;
      if (key.first != family || !key.second.starts_with(prefix) || !on_row(key.second, value)) break;
    }
    return {};
  }

  [[nodiscard]] storage::StoreResult<void> write(const storage::StoreBatch& batch) override {
    if (failing_) return std::unexpected(*failing_);
    const auto kept = tearing_ ? batch.changes().size() / 2 : batch.changes().size();
    for (std::size_t i = 0; i < kept; ++i) {
      const auto& change = batch.changes()[i];
      const std::pair key{change.family, change.key};
      if (change.value) rows_[key] = *change.value;
      if (!change.value) rows_.erase(key);
    }
    if (!std::exchange(tearing_, false)) return {};
    torn_ = true;
    return std::unexpected(
        storage::StoreError{"A write was torn; discard the store.", storage::StoreFailure::corrupt});
  }

  [[nodiscard]] storage::StoreResult<void> flush() override {
    if (failing_) return std::unexpected(*failing_);
    flushed_ = rows_;
    return {};
  }

  [[nodiscard]] std::unique_ptr<storage::StoreView> snapshot() const override {
    return std::make_unique<MapStore>(*this);
  }

  /// As after a kill: what was not flushed is gone.
  void crash() {
    rows_ = flushed_;
    torn_ = false;
  }
  /// The next write leaves half of itself and says that the store is corrupt, as it is from then on.
  void tear() { tearing_ = true; }
  [[nodiscard]] bool torn() const { return torn_; }
  /// The next `get` fails like this.
  void fail_read(storage::StoreError error) { failing_read_ = std::move(error); }
  /// Every write from now on fails like this; nothing: they work again.
  void fail(std::optional<storage::StoreError> error) { failing_ = std::move(error); }
  [[nodiscard]] const Rows& rows() const { return rows_; }
  void replace(Rows rows) {
    rows_ = flushed_ = std::move(rows);
    torn_ = false;
  }
  /// No fault is left, but what is torn.
  void mend() {
    failing_.reset();
    failing_read_.reset();
    tearing_ = false;
  }

 private:
  Rows rows_;
  Rows flushed_;
  std::optional<storage::StoreError> failing_;
  mutable std::optional<storage::StoreError> failing_read_;
  bool tearing_ = false;
  bool torn_ = false;
};

/// Keeps its store and one checkpoint over as many `open`s as the test makes.
class MapHome final : public storage::StoreHome {
 public:
  [[nodiscard]] storage::StoreResult<storage::OpenedStore> open(
      const storage::StoreIdentity& expected) override {
    std::vector<storage::Discarded> discarded;
    if (store.torn()) {
      discarded.push_back(
          {storage::DiscardReason::corrupt, "Expected a whole store, but a write of it was torn."});
      if (auto removed = discard(); !removed) return std::unexpected(removed.error());
    }
    while (true) {
      auto claimed = storage::meta::claim(store, expected);
      if (!claimed) return std::unexpected(claimed.error());
      if (*claimed) return storage::OpenedStore{&store, **claimed, std::move(discarded)};
      discarded.push_back(claimed->error());
      if (auto removed = discard(); !removed) return std::unexpected(removed.error());
    }
  }

  [[nodiscard]] storage::StoreResult<void> discard() override {
    store.replace(std::exchange(checkpoint_, {}));
    return {};
  }

  [[nodiscard]] storage::StoreResult<void> checkpoint() override {
    if (auto flushed = store.flush(); !flushed) return flushed;
    checkpoint_ = store.rows();
    return {};
  }

  MapStore store;

 private:
  MapStore::Rows checkpoint_;
};

}  // namespace casetrail
