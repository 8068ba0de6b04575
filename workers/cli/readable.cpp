// Durations, moments and shares in words.
#include "workers/cli/readable.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace casetrail::cli {

std::string duration_text(std::int64_t milliseconds) {
  const auto seconds = (milliseconds < 0 ? -milliseconds : milliseconds) / 1000;
  const std::string_view sign = milliseconds < 0 ? "-" : "";
  if (seconds >= 86'400) return fmt::format("{}{}d {}h", sign, seconds / 86'400, seconds % 86'400 / 3600);
  if (seconds >= 3600) return fmt::format("{}{}h {:02}m", sign, seconds / 3600, seconds % 3600 / 60);
  if (seconds >= 60) return fmt::format("{}{}m", sign, seconds / 60);
  return fmt::format("{}{}s", sign, seconds);
}

std::string chinese_duration(std::int64_t milliseconds) {
  struct Unit {
    std::int64_t seconds;
    std::string_view name;
  };
  static constexpr std::array kUnits{Unit{86'400, "天"}, Unit{3'600, "小时"}, Unit{60, "分"}, Unit{1, "秒"}};
  const auto seconds = (milliseconds < 0 ? -milliseconds : milliseconds) / 1000;
  const std::string sign = milliseconds < 0 ? "-" : "";
  const auto* unit = std::ranges::find_if(kUnits, [&](const Unit& each) { return seconds >= each.seconds; });
  if (unit == kUnits.end()) return "0秒";
  auto text = fmt::format("{}{}{}", sign, seconds / unit->seconds, unit->name);
  const auto* less = std::next(unit);
  if (unit->seconds <= 60 || seconds % unit->seconds < less->seconds) return text;
  return text + fmt::format("{}{}", seconds % unit->seconds / less->seconds, less->name);
}

std::string percent_text(std::int64_t permille) {
  return fmt::format("{}.{} %", permille / 10, permille % 10);
}

std::string words_of(std::string_view name) {
  std::string words(name);
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string counted(std::int64_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

}  // namespace casetrail::cli
