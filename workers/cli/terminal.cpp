// Cuts and breaks between clusters, so that no character loses its marks.
#include "workers/cli/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "events/wire/unicode.h"
#include "events/wire/whole_number.h"

namespace casetrail::cli {
namespace {

constexpr std::size_t kUsualWidth = 80;

/// How much of `text` takes `width` columns at most; whole clusters.
std::size_t bytes_within(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const auto rest = text.substr(bytes);
    const auto cluster = rest.substr(0, first_cluster(rest));
    used += cluster_width(cluster);
    if (used > width) break;
    bytes += cluster.size();
  }
  return bytes;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const auto bytes = first_cluster(text);
    width += cluster_width(text.substr(0, bytes));
    text.remove_prefix(bytes);
  }
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

bool shows_colours() {
  const char* none = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return ::isatty(STDOUT_FILENO) == 1 && (none == nullptr || *none == '\0') && terminal != nullptr &&
         std::string_view(terminal) != "dumb";
}

std::string on_one_line(std::string_view text) { return without_hidden(text); }

std::string json_for_stdout(std::string json) {
  return ::isatty(STDOUT_FILENO) == 1 ? with_escapes(json) : std::move(json);
}

// Below U+0020 JSON has line ends between its values, and its texts have escapes already.
std::string with_escapes(std::string_view json) {
  std::string escaped;
  while (!json.empty()) {
    auto rest = json;
    const auto character = take_character(rest);
    if (character >= 0x20 && character <= 0xFFFF && is_hidden(character)) {
      escaped += fmt::format("\\u{:04x}", static_cast<unsigned>(character));
    } else if (character > 0xFFFF && is_hidden(character)) {
      const auto beyond = static_cast<unsigned>(character) - 0x10000U;
      escaped += fmt::format("\\u{:04x}\\u{:04x}", 0xD800U + (beyond >> 10U), 0xDC00U + (beyond & 0x3FFU));
    } else {
      escaped += json.substr(0, json.size() - rest.size());
    }
    json = rest;
  }
  return escaped;
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

std::string in_lines(std::string_view text, std::size_t width) {
  std::string lines;
  for (const auto& line : wrap(text, width)) lines += line + "\n";
  return lines;
}

}  // namespace casetrail::cli
