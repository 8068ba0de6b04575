// Which rows of a board a figure counts, as a query asks for them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string_view>

namespace casetrail::kit {

/// A filter of the view, and its value. Without one it has the word that is counted, or what the first member
/// of the counted row says.
struct AskedFilter {
  std::string_view filter{};
  std::string_view value{};
};

/// Those that all of its filters leave. A figure that counts what happened, and not rows, tells none.
class CountedRows {
 public:
  constexpr CountedRows() = default;
  constexpr CountedRows(std::initializer_list<AskedFilter> filters) : told_(true), size_(filters.size()) {
    std::ranges::copy(filters, filters_.begin());
  }
  /// Every row of the board.
  [[nodiscard]] static constexpr CountedRows all() {
    CountedRows every;
    every.told_ = true;
    return every;
  }

  [[nodiscard]] constexpr bool told() const { return told_; }
  [[nodiscard]] constexpr std::span<const AskedFilter> filters() const { return {filters_.data(), size_}; }

 private:
  bool told_ = false;
  std::size_t size_ = 0;
  std::array<AskedFilter, 2> filters_{};
};

}  // namespace casetrail::kit
