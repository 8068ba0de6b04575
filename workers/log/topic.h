// The topics of the log, the places in them, and what is told of topics and groups.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casetrail::log {

/// Numbers that the embedded log keeps: a new one comes last.
enum class Topic { commands, events, outcomes, deadletters, policy, keys, evidence };
constexpr auto enum_names(Topic) {
  return std::to_array<std::string_view>({"casetrail.commands", "casetrail.events", "casetrail.outcomes",
                                          "casetrail.deadletters", "casetrail.policy", "casetrail.keys",
                                          "casetrail.evidence"});
}

using Partition = std::int32_t;
/// Rises within a partition, and is not dense: markers take some.
using Offset = std::int64_t;

/// A partition's input group, as it stands in the log.
struct GroupPosition {
  Partition partition;
  std::optional<Offset> committed;
};

/// A consumer group, as the log knows it.
struct GroupReport {
  std::string group;
  std::size_t members = 0;
};

/// How a topic stands against what the engine needs.
struct TopicReport {
  Topic topic;
  bool exists = false;
  Partition partitions = 0;
  std::vector<std::string> problems;  ///< each a sentence with its remedy; empty: as it must be
};

inline constexpr std::string_view kCommandGroup = "casetrail.commands";
/// The names of all groups of the engine begin so.
inline constexpr std::string_view kGroupPrefix = "casetrail.";

}  // namespace casetrail::log
