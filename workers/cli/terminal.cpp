// Widths by the blocks of Unicode that UAX #11 calls wide: exact for Chinese, Japanese and Korean text.
#include "workers/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "events/whole_number.h"

namespace casetrail {
namespace {

constexpr std::size_t kUsualWidth = 80;

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

/// How much of `text` takes `width` columns at most; whole characters.
std::size_t bytes_within(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  auto rest = text;
  while (!rest.empty()) {
    auto next = rest;
    used += width_of(take_character(next));
    if (used > width) break;
    rest = next;
  }
  return text.size() - rest.size();
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) width += width_of(take_character(text));
  return width;
}

std::string cut_to_width(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  return std::string(text.substr(0, bytes_within(text, width - 1))) + "…";
}

std::size_t terminal_width() {
  const char* columns = std::getenv("COLUMNS");
  if (const auto asked = whole_number<std::size_t>(columns == nullptr ? "" : columns).value_or(0); asked > 0)
    return asked;
  winsize size{};
  const bool known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : kUsualWidth;
}

std::string on_one_line(std::string_view text) {
  std::string line;
  while (!text.empty()) {
    auto rest = text;
    const auto point = take_character(rest);
    const bool control = point < 0x20 || (point >= 0x7f && point < 0xa0);
    line.append(control ? std::string_view(" ") : text.substr(0, text.size() - rest.size()));
    text = rest;
  }
  return line;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (width > 0 && display_width(text) > width) {
    const auto fits = bytes_within(text, width);
    const auto space = text.substr(0, fits + 1).rfind(' ');
    const auto end = space == std::string_view::npos || space == 0 ? std::max<std::size_t>(fits, 1) : space;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(text.find_first_not_of(' ', end), text.size()));
  }
  lines.emplace_back(text);
  return lines;
}

}  // namespace casetrail
