// Tables for people: aligned by what a terminal shows, the most important columns first where room is short.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "workers/cli/display.h"

namespace casetrail::cli {

struct TableColumn {
  std::string title;
  int rank = 1;           ///< 1 is the most important: the last one to be left out
  std::size_t least = 0;  ///< its cells may be cut to so many columns; 0: never
};

class TextTable {
 public:
  explicit TextTable(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}

  /// As many cells as there are columns.
  void add(std::vector<std::string> cells);

  /// Lines of at most `width` columns. What finds no room is left out as a whole column and named below; a
  /// column without any cell is left out too. 0: everything, as wide as it needs.
  [[nodiscard]] std::string text(std::size_t width, Language language = Language::en) const;

 private:
  [[nodiscard]] std::vector<std::size_t> natural_widths() const;
  [[nodiscard]] std::vector<std::size_t> by_rank() const;
  [[nodiscard]] bool is_blank(std::size_t column) const;
  [[nodiscard]] std::vector<std::size_t> fit(std::size_t limit) const;
  [[nodiscard]] std::string left_out(const std::vector<std::size_t>& widths, std::size_t limit,
                                     Language language) const;

  std::vector<TableColumn> columns_;
  std::vector<std::vector<std::string>> rows_;
};

using TableRows = std::vector<std::vector<std::string>>;

/// A table whose last cells are broken into lines that find room behind the other columns.
[[nodiscard]] std::string wrapped_table(std::vector<TableColumn> titles, const TableRows& rows,
                                        std::size_t width, Language language = Language::en);

}  // namespace casetrail::cli
