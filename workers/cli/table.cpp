// Widths by the blocks of Unicode that UAX #11 calls wide: exact for Chinese, Japanese and Korean text.
#include "workers/cli/table.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace casetrail {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 6;

struct Block {
  char32_t first;
  char32_t last;
};
constexpr std::array kWide{Block{0x1100, 0x115f},  Block{0x2e80, 0x303e}, Block{0x3041, 0x33ff},
                           Block{0x3400, 0x4dbf},  Block{0x4e00, 0x9fff}, Block{0xa000, 0xa4cf},
                           Block{0xac00, 0xd7a3},  Block{0xf900, 0xfaff}, Block{0xfe30, 0xfe4f},
                           Block{0xff00, 0xff60},  Block{0xffe0, 0xffe6}, Block{0x1f300, 0x1faff},
                           Block{0x20000, 0x3fffd}};
constexpr std::array kCombining{Block{0x0300, 0x036f}, Block{0x200b, 0x200f}, Block{0xfe00, 0xfe0f}};

bool is_in(const auto& blocks, char32_t point) {
  return std::ranges::any_of(blocks,
                             [&](const Block& block) { return point >= block.first && point <= block.last; });
}

std::size_t width_of(char32_t point) { return is_in(kCombining, point) ? 0 : is_in(kWide, point) ? 2 : 1; }

/// Takes one character off `text`; a byte that is no UTF-8 stands for itself.
char32_t take_character(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  char32_t point = length == 1 ? lead : lead & (0xffU >> (length + 1));
  const auto used = std::min(length, text.size());
  for (std::size_t i = 1; i < used; ++i) point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3fU);
  text.remove_prefix(used);
  return point;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) width += width_of(take_character(text));
  return width;
}

std::string cut_to_width(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::string cut;
  std::size_t used = 0;
  while (!text.empty()) {
    auto rest = text;
    const auto next = width_of(take_character(rest));
    if (used + next + 1 > width) break;
    cut.append(text.substr(0, text.size() - rest.size()));
    used += next;
    text = rest;
  }
  return cut + "…";
}

std::vector<std::size_t> Table::widths(std::size_t limit) const {
  std::vector<std::size_t> widths;
  for (const auto& title : titles_) widths.push_back(display_width(title));
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  const auto total = [&] {
    return std::accumulate(widths.begin(), widths.end(), kGap * (widths.size() - 1));
  };
  while (limit > 0 && total() > limit) {
    auto widest = std::ranges::max_element(widths);
    if (*widest <= kNarrowest) break;
    --*widest;
  }
  return widths;
}

std::string Table::text(std::size_t width) const {
  const auto columns = widths(width);
  std::string out;
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto cell = cut_to_width(cells[i], columns[i]);
      text += cell;
      if (i + 1 < cells.size()) text.append(columns[i] - display_width(cell) + kGap, ' ');
    }
    while (text.ends_with(' ')) text.pop_back();
    out += text + "\n";
  };
  line(titles_);
  for (const auto& row : rows_) line(row);
  return out;
}

}  // namespace casetrail
