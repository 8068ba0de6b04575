// The rows of a view in a map: what a store is to a fold, without the store.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "projections/kit/view.h"

namespace casetrail {

class MapRows final : public kit::Rows {
 public:
  explicit MapRows(std::size_t cached_rows = 100, std::string secret = "a secret of the tests")
      : cached_rows_(cached_rows), secret_(std::move(secret)) {}

  [[nodiscard]] std::size_t cached_rows() const override { return cached_rows_; }
  [[nodiscard]] std::string_view secret() const override { return secret_; }

  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override {
    ++gets_;
    const auto found = rows_.find(key);
    if (found == rows_.end()) return std::nullopt;
    return found->second;
  }

  void scan_from(std::string_view prefix, std::string_view from, const OnRow& on_row) const override {
    for (auto row = rows_.lower_bound(std::max(prefix, from));
         row != rows_.end() && row->first.starts_with(prefix); ++row) {
      ++scanned_;
      if (!on_row(row->first, row->second)) return;
    }
  }

  /// Takes what changed in `view`, as a store would.
  void take(kit::View& view) {
    view.write_changes([&](std::string_view key, std::optional<std::string_view> value) {
      value ? void(rows_.insert_or_assign(std::string(key), std::string(*value)))
            : void(rows_.erase(std::string(key)));
    });
  }

  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& all() const { return rows_; }
  /// How often one row was asked for.
  [[nodiscard]] int gets() const { return gets_; }
  /// How many rows scans went over.
  [[nodiscard]] int scanned() const { return scanned_; }

 private:
  mutable int gets_ = 0;
  mutable int scanned_ = 0;
  std::size_t cached_rows_;
  std::string secret_;
  std::map<std::string, std::string, std::less<>> rows_;
};

}  // namespace casetrail
