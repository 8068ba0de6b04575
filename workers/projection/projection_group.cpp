// Join, poll, commit.
#include "workers/projection/projection_group.h"

#include <fmt/format.h>

#include <vector>

#include "events/wire/elapsed.h"

namespace casetrail::projection {
namespace {

constexpr Duration kCommitEvery = std::chrono::seconds(1);
/// What moved is committed sooner: under load, Kafka's tools would show a second's worth of events as lag.
constexpr Duration kCommitMoved = std::chrono::milliseconds(100);

}  // namespace

log::LogResult<void> ProjectionGroup::step(Timestamp now, const ProjectionCopy& copy) {
  if (!membership_) {
    if (tried_at_ && !has_passed(kCommitEvery, *tried_at_, now)) return {};
    tried_at_ = now;
    auto joined = log_.join(group_, log::Topic::events, member_);
    if (!joined) return std::unexpected(std::move(joined).error());
    membership_ = *std::move(joined);
    tried_at_.reset();
  }
  const auto change = membership_->poll(Duration{0});
  if (!change) return std::unexpected(change.error());
  if (*change) take(**change);

  if (!assigned_) return {};
  std::vector<log::Membership::Position> positions;
  for (const auto& partition : copy.partitions()) {
    positions.push_back({partition->number(), partition->progress().position.next});
  }
  const auto pause = positions == committed_ ? kCommitEvery : kCommitMoved;
  if (tried_at_ && !has_passed(pause, *tried_at_, now)) return {};
  tried_at_ = now;
  auto kept = membership_->commit(positions);
  if (kept) committed_ = std::move(positions);
  // The group decides anew; the next poll tells.
  if (!kept && kept.error().failure == log::LogFailure::fenced)
    kept.error().failure = log::LogFailure::unavailable;
  return kept;
}

void ProjectionGroup::take(const log::Membership::Change& change) {
  membership_->acknowledge(change);
  assigned_.reset();
  if (change.kind == log::Membership::ChangeKind::assigned) assigned_ = change.partitions.size();
}

std::optional<std::string> ProjectionGroup::intruder(const ProjectionCopy& copy) const {
  if (!assigned_ || *assigned_ == copy.partitions().size()) return std::nullopt;
  return fmt::format(
      "Expected to be alone in group {}, but another process is in it. Give each node a name of its own.",
      group_);
}

}  // namespace casetrail::projection
