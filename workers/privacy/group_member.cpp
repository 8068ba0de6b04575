// A mark is an offset that the group committed: both logs keep it without a member.
#include "workers/privacy/group_member.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace casetrail::privacy {
namespace {

constexpr Duration kJoinWait{100};
constexpr int kMostJoinWaits = 600;

std::unexpected<log::LogError> out_of_group(std::string what) {
  return std::unexpected(log::LogError{log::LogFailure::unavailable, std::move(what)});
}

}  // namespace

log::LogResult<GroupMember> GroupMember::join(log::EventLog& log, std::string_view group, log::Topic topic) {
  auto joined = log.join(std::string(group), topic, std::nullopt);
  if (!joined) return std::unexpected(std::move(joined).error());
  GroupMember member(*std::move(joined));
  for (int waits = 0; waits < kMostJoinWaits; ++waits) {
    const auto change = member.membership_->poll(kJoinWait);
    if (!change) return std::unexpected(change.error());
    if (!*change) continue;
    member.membership_->acknowledge(**change);
    if ((*change)->kind == log::Membership::ChangeKind::assigned) return member;
  }
  return out_of_group(fmt::format("The group {} gives nobody its partitions. Look at the brokers.", group));
}

log::LogResult<std::shared_ptr<const log::Generation>> GroupMember::generation() {
  const auto change = membership_->poll(Duration{0});
  if (!change) return std::unexpected(change.error());
  if (*change) return out_of_group("Somebody else has joined the group. Stop whoever that is.");
  return membership_->generation();
}

log::LogResult<void> mark(log::EventLog& log, std::string_view group) {
  auto member = GroupMember::join(log, group, log::Topic::events);
  if (!member) return std::unexpected(std::move(member).error());
  std::vector<log::Membership::Position> positions;
  for (log::Partition partition = 0; partition < log.partitions(); ++partition)
    positions.push_back({partition, 0});
  return member->commit(positions);
}

log::LogResult<bool> is_marked(log::EventLog& log, std::string_view group) {
  const auto groups = log.groups();
  if (!groups) return std::unexpected(groups.error());
  return std::ranges::count(*groups, group, &log::GroupReport::group) > 0;
}

}  // namespace casetrail::privacy
