// One sentence a partition.
#include "workers/node/readiness.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "events/wire/reflect.h"

namespace casetrail::node {
namespace {

constexpr std::size_t kMostNamed = 8;
constexpr auto kUnknownAge = std::numeric_limits<double>::infinity();

}  // namespace

std::vector<std::string> missing_of(const std::vector<command::PartitionStatus>& partitions) {
  std::vector<std::string> missing;
  if (partitions.empty())
    missing.emplace_back("Expected command partitions to be assigned, but none is yet.");
  for (const auto& partition : partitions) {
    if (partition.phase == command::PartitionPhase::running) continue;
    missing.push_back(fmt::format("Command partition {} is {}: {}", partition.partition,
                                  name_of(partition.phase), partition.sentence));
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
    missing.push_back(
        fmt::format("Command partition {} has {} commands to take; the oldest waits for {:.0f} s.",
                    status.partition, *lag.lag, *lag.lag_seconds));
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
      missing.push_back(lag.lag_seconds ? fmt::format("{} is {} records behind, {:.0f} s.", name, *lag.lag,
                                                      *lag.lag_seconds)
                                        : fmt::format("{} is {} records behind.", name, *lag.lag));
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

std::string in_one(const std::vector<std::string>& sentences) {
  const auto named = std::min(sentences.size(), kMostNamed);
  std::string text;
  for (std::size_t i = 0; i < named; ++i) text.append(i == 0 ? "" : " ").append(sentences[i]);
  if (sentences.size() > named) text += fmt::format(" And {} more.", sentences.size() - named);
  return text;
}

}  // namespace casetrail::node
