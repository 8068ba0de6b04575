// Tables for people: aligned by what a terminal shows, cut to its width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace casetrail {

/// The columns that `text` takes on a terminal: two for East Asian wide characters, none for combining ones.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// `text`, or its beginning and `…` where it is wider than `width`.
[[nodiscard]] std::string cut_to_width(std::string_view text, std::size_t width);

class Table {
 public:
  explicit Table(std::vector<std::string> titles) : titles_(std::move(titles)) {}

  /// As many cells as there are titles.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }

  /// Lines of at most `width` columns; the widest columns give way first. 0: as wide as it needs.
  [[nodiscard]] std::string text(std::size_t width) const;

 private:
  [[nodiscard]] std::vector<std::size_t> widths(std::size_t limit) const;

  std::vector<std::string> titles_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace casetrail
