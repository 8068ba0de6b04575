// What happens in one history, made of a seed: a list of acts, of which any may be left out.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace casetrail::simulation {

enum class ActKind {
  send,            ///< a command, sensible or not
  story,           ///< some steps of a story that goes through every type of command
  resend,          ///< an earlier command once more
  garbage,         ///< a record that cannot be a command
  work,            ///< some nodes do some rounds
  time,            ///< passes
  clock,           ///< the clock of one node jumps
  policy,          ///< a new one is published
  foreign_record,  ///< on the events topic, without casetrail's mark
  foreign_open,    ///< another producer's transaction stands open on the events topic
  foreign_end,
  newer_record,  ///< on the events topic, by a newer version of casetrail
  commit_fault,
  append_fault,
  failing_call,
  short_reads,
  store_fault,
  late_records,  ///< what was held back arrives
  kill,          ///< a node dies, now or within one of its next calls
  start,         ///< a node that is down comes back
  stop,          ///< a node leaves in good order
  pause,         ///< a node stands still, and may be taken for dead
  wake,
  interruption,  ///< within one of its next calls a node stands still, while the others go on
  rebalance,
  rebuild,
};
constexpr auto enum_names(ActKind) {
  return std::to_array<std::string_view>(
      {"send",         "story",        "resend",         "garbage",      "work",        "time",
       "clock",        "policy",       "foreign_record", "foreign_open", "foreign_end", "newer_record",
       "commit_fault", "append_fault", "failing_call",   "short_reads",  "store_fault", "late_records",
       "kill",         "start",        "stop",           "pause",        "wake",        "interruption",
       "rebalance",    "rebuild"});
}

/// Stands for itself: what it does follows from its own dice, and from the log as it finds it.
struct Act {
  int number;
  ActKind kind;
  std::uint64_t dice;
};

using Plan = std::vector<Act>;

/// Each seed has its own mix of faults, and some seeds none of a kind: so rare pairs of faults meet often.
[[nodiscard]] Plan make_plan(std::uint64_t seed);

}  // namespace casetrail::simulation
