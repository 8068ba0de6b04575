// What a command worker counts. One thread adds, any thread reads.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "workers/storage/store_home.h"

namespace casetrail::command {

class Counter {
 public:
  void add(std::uint64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// Counts by fixed upper bounds, as an exporter of histograms wants them; the last bucket has no bound.
class DurationHistogram {
 public:
  static constexpr std::array<double, 14> kBounds{0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1,
                                                  0.2,   0.5,   1,     2,    5,    30,   300};

  void observe(double value, std::uint64_t times = 1) {
    std::size_t bucket = 0;
    while (bucket < kBounds.size() && value > kBounds[bucket]) ++bucket;
    counts_[bucket].add(times);
    sum_thousandths_.add(static_cast<std::uint64_t>(value * 1000) * times);
  }
  [[nodiscard]] std::uint64_t count(std::size_t bucket) const { return counts_[bucket].value(); }
  [[nodiscard]] double sum() const { return static_cast<double>(sum_thousandths_.value()) / 1000; }

 private:
  std::array<Counter, kBounds.size() + 1> counts_;
  Counter sum_thousandths_;
};

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
  Counter times_set_back;      ///< casetrail_partition_times_set_back_total
  Counter replayed_events;     ///< casetrail_replayed_events_total
  Counter foreign_events;      ///< casetrail_foreign_events_total
  Counter checkpoints;         ///< casetrail_checkpoints_total
  DurationHistogram duration;  ///< casetrail_command_duration_seconds: from the record's time to its commit
  /// casetrail_snapshot_fallbacks_total{reason}, by `DiscardReason`
  std::array<Counter, enum_names(storage::DiscardReason{}).size()> snapshot_fallbacks;
};

}  // namespace casetrail::command
