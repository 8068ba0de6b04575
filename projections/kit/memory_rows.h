// The rows of a view in a map: what a store is to a fold, for as long as somebody looks.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "projections/kit/view.h"

namespace casetrail::kit {

class MemoryRows : public Rows {
 public:
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override {
    const auto found = rows_.find(key);
    if (found == rows_.end()) return std::nullopt;
    return found->second;
  }
  void scan_from(std::string_view prefix, std::string_view from, const OnRow& on_row) const override {
    for (auto row = rows_.lower_bound(std::max(prefix, from));
         row != rows_.end() && row->first.starts_with(prefix); ++row) {
      if (!on_row(row->first, row->second)) return;
    }
  }
  /// A fold over few events keeps what it decoded.
  [[nodiscard]] std::size_t cached_rows() const override { return 100; }
  [[nodiscard]] std::string_view secret() const override { return "of nobody"; }

  /// Takes what changed in `view`, as a store would.
  void take(View& view) {
    view.write_changes([&](std::string_view key, std::optional<std::string_view> value) {
      value ? void(rows_.insert_or_assign(std::string(key), std::string(*value)))
            : void(rows_.erase(std::string(key)));
    });
  }
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& all() const { return rows_; }

 private:
  std::map<std::string, std::string, std::less<>> rows_;
};

}  // namespace casetrail::kit
