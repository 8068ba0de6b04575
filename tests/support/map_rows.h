// The rows of a view in memory, which tell how they are read.
#pragma once

#include <string>
#include <utility>

#include "projections/kit/memory_rows.h"

namespace casetrail {

class MapRows final : public kit::MemoryRows {
 public:
  explicit MapRows(std::size_t cached_rows = 100, std::string secret = "a secret of the tests")
      : cached_rows_(cached_rows), secret_(std::move(secret)) {}

  [[nodiscard]] std::size_t cached_rows() const override { return cached_rows_; }
  [[nodiscard]] std::string_view secret() const override { return secret_; }

  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override {
    ++gets_;
    return MemoryRows::get(key);
  }
  void scan_from(std::string_view prefix, std::string_view from, const OnRow& on_row) const override {
    MemoryRows::scan_from(prefix, from, [&](std::string_view key, std::string_view value) {
      ++scanned_;
      return on_row(key, value);
    });
  }

  /// How often one row was asked for.
  [[nodiscard]] int gets() const { return gets_; }
  /// How many rows scans went over.
  [[nodiscard]] int scanned() const { return scanned_; }

 private:
  mutable int gets_ = 0;
  mutable int scanned_ = 0;
  std::size_t cached_rows_;
  std::string secret_;
};

}  // namespace casetrail
