// What a command worker counts. One thread adds, any thread reads.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "workers/log/counters.h"
#include "workers/storage/store_home.h"

namespace casetrail::command {

using log::Counter;

/// Each line ends with the name under which it is exported.
struct CommandMetrics {
  Counter accepted;            ///< casetrail_commands_total{status="accepted"}
  Counter rejected;            ///< casetrail_commands_total{status="rejected"}
  Counter repeated;            ///< casetrail_commands_total{status="repeated"}
  Counter dead_letters;        ///< casetrail_commands_total{status="dead_letter"}
  Counter events;              ///< casetrail_events_recorded_total
  Counter timers_fired;        ///< casetrail_timers_fired_total
  Counter commits;             ///< casetrail_command_commits_total{outcome="committed"}
  Counter aborts;              ///< casetrail_command_commits_total{outcome="aborted"}
  Counter unknown_commits;     ///< casetrail_command_commits_total{outcome="unknown"}
  Counter fenced_commits;      ///< casetrail_command_commits_total{outcome="fenced"}
  Counter conflicts;           ///< casetrail_command_conflicts_total: refused as `stale_version`
  Counter take_overs;          ///< casetrail_takeovers_total
  Counter positions_behind;    ///< casetrail_input_positions_behind_total: take-overs that corrected one
  Counter positions_ahead;     ///< casetrail_input_positions_ahead_total: take-overs that found one
  Counter times_set_back;      ///< casetrail_partition_times_set_back_total
  Counter replayed_events;     ///< casetrail_replayed_events_total
  Counter foreign_events;      ///< casetrail_foreign_events_total
  Counter checkpoints;         ///< casetrail_checkpoints_total
  log::CountsByWord refusals;  ///< casetrail_command_rejections_total{code}
  /// casetrail_command_duration_seconds: from the record's time to its commit
  log::DurationHistogram duration;
  std::atomic<std::int32_t> policy_version{0};  ///< casetrail_policy_version: by which the workers decide
  /// casetrail_snapshot_fallbacks_total{reason}, by `DiscardReason`
  std::array<Counter, enum_names(storage::DiscardReason{}).size()> snapshot_fallbacks;
};

}  // namespace casetrail::command
