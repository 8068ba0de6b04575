// Which columns find room, and how they line up.
#include "workers/cli/table.h"

#include <algorithm>
#include <numeric>

#include "workers/cli/terminal.h"

namespace casetrail::cli {
namespace {

constexpr std::size_t kGap = 2;

std::string line_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::string line;
  std::size_t used = 0;
  std::size_t wanted = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (widths[i] == 0) continue;
    line.append(wanted - used, ' ');
    const auto cell = cut_to_width(cells[i], widths[i]);
    line += cell;
    used = wanted + display_width(cell);
    wanted += widths[i] + kGap;
  }
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

}  // namespace

void TextTable::add(std::vector<std::string> cells) {
  for (auto& cell : cells) cell = on_one_line(cell);
  rows_.push_back(std::move(cells));
}

std::vector<std::size_t> TextTable::natural_widths() const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    widths.push_back(display_width(columns_[i].title));
    for (const auto& row : rows_) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  return widths;
}

std::vector<std::size_t> TextTable::by_rank() const {
  std::vector<std::size_t> order(columns_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [this](std::size_t i) { return columns_[i].rank; });
  return order;
}

bool TextTable::is_blank(std::size_t column) const {
  return std::ranges::all_of(rows_, [&](const auto& row) { return row[column].empty(); });
}

std::vector<std::size_t> TextTable::fit(std::size_t limit) const {
  const auto natural = natural_widths();
  const auto order = by_rank();
  std::vector<std::size_t> widths(columns_.size());
  std::size_t used = 0;
  for (const auto i : order) {
    if (is_blank(i)) continue;
    const auto title = display_width(columns_[i].title);
    const auto least = columns_[i].least == 0 ? natural[i] : std::max(columns_[i].least, title);
    const auto gap = used == 0 ? 0 : kGap;
    auto width = std::min(natural[i], least);
    if (used == 0) width = std::min(width, limit);
    if (used + gap + width > limit) continue;
    widths[i] = width;
    used += gap + width;
  }
  for (const auto i : order) {
    if (widths[i] == 0) continue;
    const auto more = std::min(natural[i] - widths[i], limit - used);
    widths[i] += more;
    used += more;
  }
  return widths;
}

std::string TextTable::left_out(const std::vector<std::size_t>& widths, std::size_t limit,
                                Language language) const {
  std::string titles;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (widths[i] == 0 && !is_blank(i)) titles.append(titles.empty() ? "" : ", ").append(columns_[i].title);
  }
  if (titles.empty()) return {};
  std::string text;
  const auto hidden = language == Language::zh ? "未显示的列：" + titles + "。 用 --wide 显示全部。"
                                               : "Columns hidden: " + titles + ". Use --wide to show all.";
  for (const auto& line : wrap(hidden, limit)) text += line + "\n";
  return text;
}

std::string TextTable::text(std::size_t width, Language language) const {
  const auto widths = width == 0 ? natural_widths() : fit(width);
  std::vector<std::string> titles;
  titles.reserve(columns_.size());
  for (const auto& column : columns_) titles.push_back(column.title);
  auto text = line_of(titles, widths);
  for (const auto& row : rows_) text += line_of(row, widths);
  return width == 0 ? text : text + left_out(widths, width, language);
}

std::string wrapped_table(std::vector<TableColumn> titles, const TableRows& rows, std::size_t width,
                          Language language) {
  static constexpr std::size_t kNarrowest = 24;
  std::size_t used = 0;
  for (std::size_t i = 0; i + 1 < titles.size(); ++i) {
    auto widest = display_width(titles[i].title);
    for (const auto& row : rows) widest = std::max(widest, display_width(row[i]));
    used += widest + kGap;
  }
  const auto room = width == 0 ? 0 : std::max(width - std::min(used, width), kNarrowest);
  TextTable table(std::move(titles));
  for (auto row : rows) {
    for (const auto& line : wrap(row.back(), room)) {
      row.back() = line;
      table.add(row);
      row.assign(row.size(), "");
    }
  }
  return table.text(width, language);
}

}  // namespace casetrail::cli
