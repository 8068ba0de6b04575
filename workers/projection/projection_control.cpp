// Once a second is enough for all of it; more often keeps the memberships alive and the rebuild moving.
#include "workers/projection/projection_control.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "events/elapsed.h"

namespace casetrail {
namespace {

constexpr Duration kMeasureEvery = std::chrono::seconds(1);

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

}  // namespace

ProjectionControl::ProjectionControl(EventLog& log, Projection& projection, std::string node)
    : log_(log),
      projection_(projection),
      node_(std::move(node)),
      live_group_(log, fmt::format("casetrail.{}.{}", projection.type().name, node_), node_),
      ends_(projection.copies().live->partitions().size()),
      covered_at_(ends_.size()) {}

std::string ProjectionControl::rebuild_group(CopyNumber copy) const {
  return fmt::format("casetrail.rebuild.{}.{}.{}", projection_.type().name, node_, copy);
}

LogResult<void> ProjectionControl::step(Timestamp now) {
  projection_.advance(now);
  const auto copies = projection_.copies();
  if (auto kept = live_group_.step(now, *copies.live); !kept) {
    if (kept.error().failure == LogFailure::fenced) {
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
  if (measured_at_ && !has_passed(kMeasureEvery, *measured_at_, now)) return {};
  measured_at_ = now;
  return measure(now);
}

LogResult<void> ProjectionControl::lead_rebuild_group(Timestamp now, const ProjectionCopy* building) {
  const auto wanted = building == nullptr ? std::string() : rebuild_group(building->number());
  if (rebuild_group_ && rebuild_group_->name() != wanted) {
    const auto over = rebuild_group_->name();
    rebuild_group_.reset();
    if (auto forgotten = log_.forget_group(over, Topic::events); !forgotten) {
      projection_.note(forgotten.error().what);
    }
  }
  if (building == nullptr) return {};
  if (!rebuild_group_) rebuild_group_ = std::make_unique<ProjectionGroup>(log_, wanted, std::nullopt);
  return rebuild_group_->step(now, *building);
}

/// In this order: what the commands' group has handled lies below an end that is asked for afterwards.
LogResult<void> ProjectionControl::measure(Timestamp now) {
  const auto handled = log_.group_positions(std::string(kCommandGroup), Topic::commands);
  if (!handled) return std::unexpected(handled.error());
  const auto all = log_.bounds(Topic::events);
  const auto live = projection_.copies().live;
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    const auto partition = static_cast<Partition>(i);
    const auto next = live->partitions()[i]->progress().position.next;
    const auto bounds = bounds_of(log_, all, Topic::events, partition);
    if (!bounds) return std::unexpected(bounds.error());
    HeardEnd end{bounds->high, -1, now};
    for (const auto& group : *handled) {
      if (group.partition == partition) end.handled = group.committed.value_or(-1);
    }
    const std::scoped_lock lock(mutex_);
    if (ends_[i] && ends_[i]->high <= next) covered_at_[i] = ends_[i]->at;
    ends_[i] = end;
  }
  return {};
}

std::vector<std::string> ProjectionControl::problems() const {
  std::vector<std::string> found;
  for (const auto& partition : projection_.copies().live->partitions()) {
    auto progress = partition->progress();
    if (progress.health != PartitionHealth::sound) found.push_back(std::move(progress.stopped));
  }
  const std::scoped_lock lock(mutex_);
  if (intruder_) found.push_back(*intruder_);
  return found;
}

std::optional<std::string> ProjectionControl::over() const {
  const std::scoped_lock lock(mutex_);
  return over_;
}

std::optional<HeardEnd> ProjectionControl::end(Partition partition) const {
  const std::scoped_lock lock(mutex_);
  return ends_.at(static_cast<std::size_t>(partition));
}

std::vector<PartitionLag> ProjectionControl::lag(Timestamp now) const {
  std::vector<PartitionLag> rows;
  const auto copies = projection_.copies();
  const auto covered_at = [this] {
    const std::scoped_lock lock(mutex_);
    return covered_at_;
  }();
  add_lag(*copies.live, live_group_.name(), now, covered_at, rows);
  if (copies.building) {
    const auto first = rows.size();
    add_lag(*copies.building, rebuild_group(copies.building->number()), now, Moments(covered_at.size()),
            rows);
    for (auto& row : std::span(rows).subspan(first)) row.building = true;
  }
  return rows;
}

void ProjectionControl::add_lag(const ProjectionCopy& copy, const std::string& group, Timestamp now,
                                const Moments& covered_at, std::vector<PartitionLag>& into) const {
  for (const auto& partition : copy.partitions()) {
    const auto progress = partition->progress();
    PartitionLag row;
    row.worker = projection_.type().name;
    row.group = group;
    row.copy = copy.number();
    row.partition = partition->number();
    row.current_offset = progress.position.next;
    row.stopped = progress.stopped;
    if (const auto heard = end(partition->number())) {
      row.log_end_offset = std::max(heard->high, progress.position.next);
      row.lag = *row.log_end_offset - progress.position.next;
      row.end_age_seconds = std::max(0.0, seconds(now - heard->at));
      if (*row.lag == 0) row.lag_seconds = 0.0;
      const auto since =
          std::max(progress.first_unapplied_at, covered_at[static_cast<std::size_t>(partition->number())]);
      if (*row.lag > 0 && since) row.lag_seconds = std::max(0.0, seconds(now - *since));
    }
    into.push_back(std::move(row));
  }
}

}  // namespace casetrail
