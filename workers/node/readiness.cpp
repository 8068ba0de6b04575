// One sentence a partition.
#include "workers/node/readiness.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "events/wire/reflect.h"
#include "workers/node/loop.h"

namespace casetrail::node {
namespace {

constexpr std::size_t kMostNamed = 8;
constexpr auto kUnknownAge = std::numeric_limits<double>::infinity();

}  // namespace

std::optional<std::string> missing_by(const Allowed& allowed, const std::string& part, std::int64_t position,
                                      std::int64_t left) {
  if (allowed.pace == nullptr) return std::string();
  if (allowed.pace->goes_on(part, position) && allowed.late == Late::forgiven) return std::nullopt;
  auto text = fmt::format(", {} %", position * 100 / std::max<std::int64_t>(position + left, 1));
  if (const auto seconds = allowed.pace->seconds_left(part, left))
    text += fmt::format(", about {:.0f} s left", *seconds);
  return text;
}

std::vector<std::string> missing_of(const std::vector<command::PartitionStatus>& partitions) {
  std::vector<std::string> missing;
  if (partitions.empty())
    missing.emplace_back("Expected command partitions to be assigned, but none is yet.");
  for (const auto& partition : partitions) {
    if (partition.phase == command::PartitionPhase::running) continue;
    const auto restored =
        partition.phase == command::PartitionPhase::taking_over ? partition.restored : std::nullopt;
    missing.push_back(
        fmt::format("Command partition {} is {}{}: {}", partition.partition, name_of(partition.phase),
                    restored ? fmt::format(", {:.0f} %", *restored * 100) : "", partition.sentence));
  }
  return missing;
}

std::vector<std::string> missing_of(const std::vector<command::PartitionStatus>& mine,
                                    const std::vector<log::PartitionLag>& commands, const Allowed& allowed) {
  std::vector<std::string> missing;
  for (const auto& status : mine) {
    const auto& lag = commands.at(static_cast<std::size_t>(status.partition));
    if (status.phase == command::PartitionPhase::running && !lag.stopped.empty()) {
      missing.push_back(fmt::format("Command partition {} waits: {}", status.partition, lag.stopped));
      continue;
    }
    if (lag.lag.value_or(0) == 0 || lag.lag_seconds.value_or(0) < allowed.seconds) continue;
    const auto part = fmt::format("oldest command of {}", status.partition);
    if (const auto how = missing_by(allowed, part, lag.current_offset, *lag.lag))
      missing.push_back(
          fmt::format("Command partition {} has {} commands to take; the oldest waits for {:.0f} s{}.",
                      status.partition, *lag.lag, *lag.lag_seconds, *how));
  }
  return missing;
}

std::vector<std::string> missing_of(const std::vector<log::PartitionLag>& partitions,
                                    const Allowed& allowed) {
  std::vector<std::string> missing;
  for (const auto& lag : partitions) {
    if (lag.building) continue;
    const auto name = fmt::format("View group {}, partition {},", lag.group, lag.partition);
    if (!lag.stopped.empty()) {
      missing.push_back(fmt::format("{} has stopped: {}", name, lag.stopped));
    } else if (!lag.lag) {
      missing.push_back(lag.end_age_seconds
                            ? fmt::format("{} has not heard from the log for {:.0f} s; its lag is not known. "
                                          "Check the brokers.",
                                          name, *lag.end_age_seconds)
                            : name + " has not heard from the log yet.");
    } else if (!lag.covers_end && *lag.lag > 0 && lag.lag_seconds.value_or(kUnknownAge) >= allowed.seconds) {
      const auto how = missing_by(allowed, name, lag.current_offset, *lag.lag);
      if (!how) continue;
      missing.push_back(fmt::format("{} is {} records behind{}{}.", name, *lag.lag,
                                    lag.lag_seconds ? fmt::format(", {:.0f} s", *lag.lag_seconds) : "",
                                    *how));
    }
  }
  return missing;
}

std::optional<std::string> missing_of_clock(Duration leap) {
  if (leap == Duration{0}) return std::nullopt;
  return fmt::format(
      "The system clock leapt ahead by {} s; time goes on as it really passes, and timers wait for it. Set "
      "the "
      "clock right; if it is right, start casetrail again.",
      leap.count() / 1000);
}

std::optional<std::string> hanging(const std::vector<std::string>& threads) {
  if (threads.empty()) return std::nullopt;
  return fmt::format(
      "Threads have begun no step for {} minutes: {}. The process hangs: start it again. What was answered "
      "is "
      "safe.",
      kStandsStillAfter.count(), fmt::join(threads, ", "));
}

std::string in_one(const std::vector<std::string>& sentences) {
  const auto named = std::min(sentences.size(), kMostNamed);
  std::string text;
  for (std::size_t i = 0; i < named; ++i) text.append(i == 0 ? "" : " ").append(sentences[i]);
  if (sentences.size() > named) text += fmt::format(" And {} more.", sentences.size() - named);
  return text;
}

}  // namespace casetrail::node
