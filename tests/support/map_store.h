// A store in memory for tests: it can crash back to its last flush, or fail when it is told to.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "events/binary.h"
#include "workers/storage/meta.h"
#include "workers/storage/store_home.h"

namespace casetrail {

class MapStore final : public Store {
 public:
  using Rows = std::map<std::pair<FamilyIndex, std::string>, std::string>;

  [[nodiscard]] StoreResult<std::optional<std::string>> get(FamilyIndex family,
                                                            std::string_view key) const override {
    const auto found = rows_.find({family, std::string(key)});
    if (found == rows_.end()) return std::nullopt;
    return found->second;
  }

  [[nodiscard]] StoreResult<void> scan(FamilyIndex family, std::string_view prefix, std::string_view from,
                                       const OnRow& on_row) const override {
    for (auto row = rows_.lower_bound({family, std::string(std::max(prefix, from))}); row != rows_.end();
         ++row) {
      const auto& [key, value] = *row;
      if (key.first != family || !key.second.starts_with(prefix) || !on_row(key.second, value)) break;
    }
    return {};
  }

  [[nodiscard]] StoreResult<void> write(const StoreBatch& batch) override {
    if (failing_) return std::unexpected(*failing_);
    for (const auto& change : batch.changes()) {
      const std::pair key{change.family, change.key};
      if (change.value) rows_[key] = *change.value;
      if (!change.value) rows_.erase(key);
    }
    return {};
  }

  [[nodiscard]] StoreResult<void> flush() override {
    if (failing_) return std::unexpected(*failing_);
    flushed_ = rows_;
    return {};
  }

  [[nodiscard]] std::unique_ptr<StoreView> snapshot() const override {
    return std::make_unique<MapStore>(*this);
  }

  /// As after a kill: what was not flushed is gone.
  void crash() { rows_ = flushed_; }
  /// Every write from now on fails like this; nothing: they work again.
  void fail(std::optional<StoreError> error) { failing_ = std::move(error); }
  [[nodiscard]] const Rows& rows() const { return rows_; }
  void replace(Rows rows) { rows_ = flushed_ = std::move(rows); }

 private:
  Rows rows_;
  Rows flushed_;
  std::optional<StoreError> failing_;
};

/// Keeps its store and one checkpoint over as many `open`s as the test makes.
class MapHome final : public StoreHome {
 public:
  [[nodiscard]] StoreResult<OpenedStore> open(const StoreIdentity& expected) override {
    std::vector<Discarded> discarded;
    while (true) {
      auto claimed = meta::claim(store, expected);
      if (!claimed) return std::unexpected(claimed.error());
      if (*claimed) return OpenedStore{&store, **claimed, std::move(discarded)};
      discarded.push_back(claimed->error());
      if (auto removed = discard(); !removed) return std::unexpected(removed.error());
    }
  }

  [[nodiscard]] StoreResult<void> discard() override {
    store.replace(std::exchange(checkpoint_, {}));
    return {};
  }

  [[nodiscard]] StoreResult<void> checkpoint() override {
    if (auto flushed = store.flush(); !flushed) return flushed;
    checkpoint_ = store.rows();
    return {};
  }

  MapStore store;

 private:
  MapStore::Rows checkpoint_;
};

}  // namespace casetrail
