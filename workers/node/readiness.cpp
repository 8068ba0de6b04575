// One reason a partition.
#include "workers/node/readiness.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "workers/node/loop.h"

namespace casetrail::node {
namespace {

constexpr auto kUnknownAge = std::numeric_limits<double>::infinity();

}  // namespace

log::ReasonCode code_of(const command::PartitionStatus& status) {
  switch (status.phase) {
    case command::PartitionPhase::taking_over:
    case command::PartitionPhase::running: return status.waits_for;
    case command::PartitionPhase::stopped: return log::ReasonCode::commands_stopped;
    case command::PartitionPhase::lost: return log::ReasonCode::commands_lost;
  }
  return status.waits_for;
}

bool is_missing_by(const Allowed& allowed, const std::string& part, log::Reason& reason) {
  if (allowed.pace == nullptr) return true;
  const auto position = reason.offset.value_or(0);
  const auto left = reason.records.value_or(0);
  if (allowed.pace->goes_on(part, position) && allowed.late == Late::forgiven) return false;
  // Rounded down: what is behind is never at 100 %.
  const auto percent = position * 100 / std::max<std::int64_t>(position + left, 1);
  reason.percent = static_cast<double>(percent);
  reason.seconds_left = allowed.pace->seconds_left(part, left);
  return true;
}

std::vector<log::Reason> missing_of(const std::vector<command::PartitionStatus>& partitions) {
  std::vector<log::Reason> missing;
  if (partitions.empty())
    missing.push_back(
        {.code = log::ReasonCode::commands_unassigned, .worker = std::string(log::kCommandWorker)});
  for (const auto& status : partitions) {
    if (status.phase == command::PartitionPhase::running) continue;
    auto& reason = missing.emplace_back(log::Reason{.code = code_of(status),
                                                    .worker = std::string(log::kCommandWorker),
                                                    .partition = status.partition,
                                                    .offset = status.blocked_at,
                                                    .detail = status.sentence});
    if (status.phase == command::PartitionPhase::taking_over && status.restored)
      reason.percent = *status.restored * 100;
  }
  return missing;
}

std::vector<log::Reason> missing_of(const std::vector<command::PartitionStatus>& mine,
                                    const std::vector<log::PartitionLag>& commands, const Allowed& allowed) {
  std::vector<log::Reason> missing;
  for (const auto& status : mine) {
    const auto& lag = commands.at(static_cast<std::size_t>(status.partition));
    log::Reason reason{.code = lag.reason.value_or(log::ReasonCode::commands_behind),
                       .worker = std::string(log::kCommandWorker),
                       .partition = status.partition,
                       .offset = lag.current_offset,
                       .records = lag.lag,
                       .seconds = lag.lag_seconds,
                       .detail = lag.stopped};
    if (status.phase == command::PartitionPhase::running && lag.reason) {
      missing.push_back(std::move(reason));
      continue;
    }
    if (lag.lag.value_or(0) == 0 || lag.lag_seconds.value_or(0) < allowed.seconds) continue;
    reason.code = log::ReasonCode::commands_behind;
    if (is_missing_by(allowed, fmt::format("oldest command of {}", status.partition), reason))
      missing.push_back(std::move(reason));
  }
  return missing;
}

std::vector<log::Reason> missing_of(const std::vector<log::PartitionLag>& partitions,
                                    const Allowed& allowed) {
  std::vector<log::Reason> missing;
  for (const auto& lag : partitions) {
    if (lag.building) continue;
    log::Reason reason{.worker = lag.worker,
                       .about = lag.group,
                       .partition = lag.partition,
                       .offset = lag.current_offset,
                       .records = lag.lag,
                       .seconds = lag.lag_seconds,
                       .detail = lag.stopped};
    if (lag.reason) {
      reason.code = *lag.reason;
    } else if (!lag.lag) {
      reason.code = lag.end_age_seconds ? log::ReasonCode::view_silent : log::ReasonCode::view_unheard;
      reason.seconds = lag.end_age_seconds;
    } else if (!lag.covers_end && *lag.lag > 0 && lag.lag_seconds.value_or(kUnknownAge) >= allowed.seconds) {
      reason.code = log::ReasonCode::view_behind;
      if (!is_missing_by(allowed, fmt::format("{}/{}", lag.group, lag.partition), reason)) continue;
    } else {
      continue;
    }
    missing.push_back(std::move(reason));
  }
  return missing;
}

std::optional<log::Reason> missing_of_clock(Duration leap) {
  if (leap == Duration{0}) return std::nullopt;
  return log::Reason{.code = log::ReasonCode::clock_ahead,
                     .seconds = static_cast<double>(std::chrono::floor<std::chrono::seconds>(leap).count())};
}

std::optional<std::string> hanging(const std::vector<std::string>& threads) {
  if (threads.empty()) return std::nullopt;
  return fmt::format(
      "Threads have begun no step for {} minutes: {}. The process hangs: start it again. What was answered "
      "is "
      "safe.",
      kStandsStillAfter.count(), fmt::join(threads, ", "));
}

}  // namespace casetrail::node
