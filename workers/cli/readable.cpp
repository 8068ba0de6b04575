// Durations, moments and shares in words.
#include "workers/cli/readable.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "events/wire/timestamp.h"

namespace casetrail::cli {

namespace {

Zone& zone_shown() {
  static Zone zone;
  return zone;
}

}  // namespace

void show_times_in(Zone zone) { zone_shown() = std::move(zone); }

std::string zone_of_times() {
  const auto& name = zone_shown().name();
  return name == Zone().name() ? "UTC" : name;
}

std::string duration_text(std::int64_t milliseconds) {
  const auto seconds = (milliseconds < 0 ? -milliseconds : milliseconds) / 1000;
  const std::string_view sign = milliseconds < 0 ? "-" : "";
  if (seconds >= 86'400) return fmt::format("{}{}d {}h", sign, seconds / 86'400, seconds % 86'400 / 3600);
  if (seconds >= 3600) return fmt::format("{}{}h {:02}m", sign, seconds / 3600, seconds % 3600 / 60);
  if (seconds >= 60) return fmt::format("{}{}m", sign, seconds / 60);
  return fmt::format("{}{}s", sign, seconds);
}

std::string moment_text(std::string_view wire) {
  const auto at = parse_timestamp(wire);
  if (!at) return std::string(wire);
  const auto local = to_wire(Timestamp(zone_shown().to_local(*at)));
  return local.substr(0, 10).append(" ").append(local, 11, 5);
}

std::string with_short_moments(std::string_view text) {
  static constexpr std::size_t kWireForm = std::string_view("2026-11-23T08:05:09.120Z").size();
  std::string out;
  while (!text.empty()) {
    const auto candidate = text.substr(0, kWireForm);
    const bool moment =
        candidate.size() == kWireForm && candidate.back() == 'Z' && parse_timestamp(candidate);
    out += moment ? moment_text(candidate) : std::string(1, text.front());
    text.remove_prefix(moment ? kWireForm : 1);
  }
  return out;
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
