// Which rows of a board a figure counts, as a query asks for them; or which events of the log.
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
  std::string_view member{};  ///< of the counted row: its value is that of the filter
  bool as_asked = false;      ///< the filter is that of the board's own query, if it has one
};

/// Those that all of its filters leave; a filter that is named again means either value.
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
  /// What happened so far: events of the log that `GET /v1/events` finds by `type`, `since` and `until`, and
  /// by their other filters as fields of their data.
  [[nodiscard]] static constexpr CountedRows events(std::initializer_list<AskedFilter> filters) {
    CountedRows happened(filters);
    happened.are_events_ = true;
    return happened;
  }

  /// Whether they are rows of the board.
  [[nodiscard]] constexpr bool told() const { return told_ && !are_events_; }
  [[nodiscard]] constexpr bool are_events() const { return are_events_; }
  [[nodiscard]] constexpr std::span<const AskedFilter> filters() const { return {filters_.data(), size_}; }

 private:
  static constexpr std::size_t kMost = 7;

  bool told_ = false;
  bool are_events_ = false;
  std::size_t size_ = 0;
  std::array<AskedFilter, kMost> filters_{};
};

}  // namespace casetrail::kit
