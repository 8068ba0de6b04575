// The only member of a group, for who writes a log that nobody serves; and groups that mark such a log.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail::privacy {

/// Has every partition of a topic in a group, and leaves it when it ends.
class GroupMember {
 public:
  /// `unavailable`: the group gives nobody its partitions.
  [[nodiscard]] static log::LogResult<GroupMember> join(log::EventLog& log, std::string_view group,
                                                        log::Topic topic);

  /// For a commit. To be asked now and then, so that the group keeps its member. `unavailable`: somebody else
  /// has joined.
  [[nodiscard]] log::LogResult<std::shared_ptr<const log::Generation>> generation();

  [[nodiscard]] log::LogResult<void> commit(const std::vector<log::Membership::Position>& positions) {
    return membership_->commit(positions);
  }

 private:
  explicit GroupMember(std::unique_ptr<log::Membership> membership) : membership_(std::move(membership)) {}

  std::unique_ptr<log::Membership> membership_;
};

/// Has `log`, whose topics are there, know `group` until somebody forgets it.
[[nodiscard]] log::LogResult<void> mark(log::EventLog& log, std::string_view group);
[[nodiscard]] log::LogResult<bool> is_marked(log::EventLog& log, std::string_view group);

}  // namespace casetrail::privacy
