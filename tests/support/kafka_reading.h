// Reading a partition to its end, and waiting for a group, in one line each.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail {

inline constexpr auto kPatience = std::chrono::seconds(60);

/// Bounds without a transaction between them, or the last that were seen within `patience`: the marker of a
/// transaction is written after its commit is answered, and one that hangs has none.
[[nodiscard]] log::Bounds settled_bounds(log::EventLog& log, log::Topic topic, log::Partition partition,
                                         Duration patience = kPatience);

/// The values of every committed record of a partition, read until the last stable offset is passed.
[[nodiscard]] std::vector<std::string> committed_values(log::EventLog& log, log::Topic topic,
                                                        log::Partition partition);

/// Polls until there is a change, which stays unanswered; nothing when none came.
[[nodiscard]] std::optional<log::Membership::Change> next_change(log::Membership& member);

/// Polls and acknowledges every change until the member has `count` partitions; all that it has then.
std::vector<log::Partition> poll_until_assigned(log::Membership& member, std::size_t count);

/// Keeps a membership alive as the engine's control thread does, acknowledging every change.
class ControlThread {
 public:
  explicit ControlThread(log::Membership& member);

 private:
  std::jthread thread_;
};

}  // namespace casetrail
