// A view's rows as they lie in a family of a store.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "projections/kit/view.h"
#include "workers/storage/store.h"

namespace casetrail::projection {

/// Borrows the store. A view cannot be told of a failing disk, so the first failure is kept: what was made of
/// these rows since then is void.
class StoredRows : public kit::Rows {
 public:
  /// Without `cached_rows` it is for reading alone. `secret` outlives it.
  StoredRows(const storage::StoreView& store, storage::FamilyIndex family, std::string_view secret,
             std::size_t cached_rows = 0)
      : store_(store), family_(family), secret_(secret), cached_rows_(cached_rows) {}

  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override {
    auto value = store_.get(family_, key);
    if (value) return *std::move(value);
    if (!failure_) failure_ = std::move(value).error();
    return std::nullopt;
  }

  void scan_from(std::string_view prefix, std::string_view from, const OnRow& on_row) const override {
    auto scanned = store_.scan(family_, prefix, from, on_row);
    if (!scanned && !failure_) failure_ = std::move(scanned).error();
  }

  [[nodiscard]] std::size_t cached_rows() const override { return cached_rows_; }
  [[nodiscard]] std::string_view secret() const override { return secret_; }

  [[nodiscard]] const std::optional<storage::StoreError>& failure() const { return failure_; }

 private:
  const storage::StoreView& store_;
  storage::FamilyIndex family_;
  std::string_view secret_;
  std::size_t cached_rows_;
  mutable std::optional<storage::StoreError> failure_;
};

}  // namespace casetrail::projection
