// Once a second is enough for all of it; more often keeps the memberships alive and the rebuild moving.
#include "workers/projection/projection_control.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "events/wire/elapsed.h"

namespace casetrail::projection {
namespace {

constexpr Duration kMeasureEvery = std::chrono::seconds(1);

/// How far each partition is, before the ends are asked for.
std::vector<log::MeasuredLag> positions_of(const ProjectionCopy& copy, Timestamp now) {
  std::vector<log::MeasuredLag> positions;
  for (const auto& partition : copy.partitions()) {
    const auto progress = partition->progress();
    positions.push_back({progress.position.next, -1, progress.first_unapplied_at, now});
  }
  return positions;
}

/// Why it takes no more records; nothing: it does.
std::optional<log::ReasonCode> reason_of(PartitionHealth health) {
  switch (health) {
    case PartitionHealth::sound: return std::nullopt;
    case PartitionHealth::cut_off: return log::ReasonCode::view_cut_off;
    case PartitionHealth::unreadable: return log::ReasonCode::view_unreadable;
    case PartitionHealth::blocked: return log::ReasonCode::view_blocked;
    case PartitionHealth::broken: return log::ReasonCode::view_broken;
  }
  return std::nullopt;
}

}  // namespace

ProjectionControl::ProjectionControl(log::EventLog& log, Projection& projection, std::string node)
    : log_(log),
      projection_(projection),
      node_(std::move(node)),
      live_group_(log, fmt::format("casetrail.{}.{}", projection.type().name, node_), node_),
      ends_(projection.copies().live->partitions().size()),
      histories_(ends_.size()) {}

std::string ProjectionControl::rebuild_group(CopyNumber copy) const {
  return fmt::format("casetrail.rebuild.{}.{}.{}", projection_.type().name, node_, copy);
}

log::LogResult<void> ProjectionControl::step(Timestamp now) {
  projection_.advance(now);
  const auto copies = projection_.copies();
  if (auto kept = live_group_.step(now, *copies.live); !kept) {
    if (kept.error().failure == log::LogFailure::fenced) {
      const std::scoped_lock lock(mutex_);
      over_ = kept.error().what;
    }
    return kept;
  }
  if (auto led = lead_rebuild_group(now, copies.building.get()); !led) return led;
  {
    const std::scoped_lock lock(mutex_);
    intruder_ = live_group_.intruder(*copies.live);
  }
  // At once when a copy is new or went live: small ones are built and switched to within a second.
  std::pair copies_now{copies.live->number(), copies.building ? copies.building->number() : 0};
  if (copies_now == measured_copies_ && !has_passed(kMeasureEvery, measured_at_, now)) return {};
  measured_copies_ = copies_now;
  measured_at_ = now;
  return measure(now);
}

log::LogResult<void> ProjectionControl::lead_rebuild_group(Timestamp now, const ProjectionCopy* building) {
  const auto wanted = building == nullptr ? std::string() : rebuild_group(building->number());
  if (rebuild_group_ && rebuild_group_->name() != wanted) {
    const auto over = rebuild_group_->name();
    rebuild_group_.reset();
    if (auto forgotten = log_.forget_group(over, log::Topic::events); !forgotten) {
      projection_.warn(forgotten.error().what);
    }
  }
  if (building == nullptr) return {};
  if (!rebuild_group_) rebuild_group_ = std::make_unique<ProjectionGroup>(log_, wanted, std::nullopt);
  return rebuild_group_->step(now, *building);
}

/// In this order: what the commands' group has handled lies below an end that is asked for afterwards, and
/// so does what the copies cover.
log::LogResult<void> ProjectionControl::measure(Timestamp now) {
  const auto handled = log_.group_positions(std::string(log::kCommandGroup), log::Topic::commands);
  if (!handled) return std::unexpected(handled.error());
  const auto copies = projection_.copies();
  std::map<CopyNumber, std::vector<log::MeasuredLag>> positions{
      {copies.live->number(), positions_of(*copies.live, now)}};
  if (copies.building) positions[copies.building->number()] = positions_of(*copies.building, now);
  {
    const std::scoped_lock lock(mutex_);
    std::erase_if(measured_, [&](const auto& old) { return !positions.contains(old.first); });
  }
  const auto all = log_.bounds(log::Topic::events);
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    const auto partition = static_cast<log::Partition>(i);
    const auto bounds = log::bounds_of(log_, all, log::Topic::events, partition);
    if (!bounds) return std::unexpected(bounds.error());
    HeardEnd end{bounds->high, -1};
    for (const auto& group : *handled) {
      if (group.partition == partition) end.handled = group.committed.value_or(-1);
    }
    const std::scoped_lock lock(mutex_);
    ends_[i] = end;
    for (auto& [copy, of_partition] : positions) {
      auto& [next, high, since, at] = of_partition[i];
      high = end.high;
      if (copy == copies.live->number()) {
        histories_[i].heard(high, now, next);
        since = std::max(since, histories_[i].covered_at(next));
      }
      auto& measured = measured_[copy];
      measured.resize(ends_.size());
      measured[i] = of_partition[i];
    }
  }
  return {};
}

std::vector<log::Reason> ProjectionControl::problems() const {
  std::vector<log::Reason> found;
  for (const auto& partition : projection_.copies().live->partitions()) {
    auto progress = partition->progress();
    const auto code = reason_of(progress.health);
    if (!code) continue;
    found.push_back({.code = *code,
                     .worker = projection_.type().name,
                     .about = live_group_.name(),
                     .partition = partition->number(),
                     .offset = progress.position.next,
                     .detail = std::move(progress.stopped)});
  }
  const std::scoped_lock lock(mutex_);
  if (intruder_)
    found.push_back({.code = log::ReasonCode::group_shared,
                     .worker = projection_.type().name,
                     .about = live_group_.name(),
                     .detail = *intruder_});
  return found;
}

std::optional<std::string> ProjectionControl::over() const {
  const std::scoped_lock lock(mutex_);
  return over_;
}

std::optional<HeardEnd> ProjectionControl::end(log::Partition partition) const {
  const std::scoped_lock lock(mutex_);
  return ends_.at(static_cast<std::size_t>(partition));
}

std::vector<log::PartitionLag> ProjectionControl::lag(Timestamp now) const {
  const auto copies = projection_.copies();
  auto rows = lag_of(*copies.live, live_group_.name(), now);
  if (!copies.building) return rows;
  for (auto& row : lag_of(*copies.building, rebuild_group(copies.building->number()), now)) {
    row.building = true;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<log::PartitionLag> ProjectionControl::lag_of(const ProjectionCopy& copy, const std::string& group,
                                                         Timestamp now) const {
  const auto measured = [&] {
    const std::scoped_lock lock(mutex_);
    const auto found = measured_.find(copy.number());
    return found == measured_.end() ? Measured(copy.partitions().size()) : found->second;
  }();
  std::vector<log::PartitionLag> rows;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const auto progress = copy.partitions()[i]->progress();
    log::PartitionLag row;
    row.worker = projection_.type().name;
    row.group = group;
    row.copy = copy.number();
    row.partition = copy.partitions()[i]->number();
    row.current_offset = progress.position.next;
    row.stopped = progress.stopped;
    row.reason = reason_of(progress.health);
    if (measured[i]) {
      log::tell(*measured[i], now, row);
      row.covers_end = progress.position.next >= measured[i]->high;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace casetrail::projection
