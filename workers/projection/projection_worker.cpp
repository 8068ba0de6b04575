// The live copy first: a rebuild takes the time that is left.
#include "workers/projection/projection_worker.h"

#include <algorithm>

namespace casetrail::projection {
namespace {

/// How near, in offsets, a copy must be before a moment of the live rows is held for it.
constexpr log::Offset kNear = 20'000;
/// For the next event, when nothing is left to rebuild but the live copy must stay fresh.
constexpr Duration kBeside = std::chrono::milliseconds(5);

}  // namespace

ProjectionWorker::ProjectionWorker(log::EventLog& log, Projection& projection, std::size_t index,
                                   Duration wait)
    : log_(log), projection_(projection), index_(index), wait_(wait) {
  const auto partitions = static_cast<log::Partition>(projection.copies().live->partitions().size());
  for (log::Partition partition = 0; partition < partitions; ++partition) {
    if (static_cast<std::size_t>(partition) % projection.workers() == index) mine_.push_back(partition);
  }
}

log::LogResult<void> ProjectionWorker::step(Timestamp now) {
  const auto copies = projection_.copies();
  follow(copies);
  if (copies.switching) return catch_up_and_arrive(now);
  const auto live = live_->step(now, building_ ? Duration{0} : wait_);
  if (!live) return std::unexpected(live.error());
  if (!building_) return {};
  const bool fresh = *live == ProjectionFeed::Reach::caught_up;
  if (auto built = building_->step(now, fresh ? kBeside : Duration{0}); !built) {
    return std::unexpected(std::move(built).error());
  }
  take_snapshots();
  return {};
}

void ProjectionWorker::follow(const Projection::Copies& copies) {
  const auto feed = [this](const std::shared_ptr<ProjectionCopy>& copy) {
    return std::make_unique<ProjectionFeed>(log_, copy, mine_, projection_.type().bounds.batch_events);
  };
  if (building_ && building_->copy() == copies.live) live_ = std::move(building_);
  if (!live_ || live_->copy() != copies.live) live_ = feed(copies.live);
  if (building_ && building_->copy() != copies.building) building_.reset();
  if (!building_) {
    snapshots_.clear();
    arrived_ = false;
    if (copies.building) building_ = feed(copies.building);
  }
}

void ProjectionWorker::take_snapshots() {
  for (const auto number : mine_) {
    auto& live = live_->copy()->partition(number);
    auto& copy = building_->copy()->partition(number);
    // Its rows are not what it counted as taken.
    if (live.health() == PartitionHealth::broken) continue;
    const auto ahead = live.next() - copy.next();
    if (!snapshots_.contains(number) && live_->between_batches() && ahead >= 0 && ahead <= kNear) {
      snapshots_[number] = live.snapshot();
      copy.snapshot_at(live.next());
    }
    if (auto snapshot = copy.take_snapshot()) {
      projection_.compare(building_->copy()->number(),
                          {number, std::move(snapshots_[number]), std::move(snapshot)});
    }
  }
}

log::LogResult<void> ProjectionWorker::catch_up_and_arrive(Timestamp now) {
  if (arrived_) return {};
  live_->write(now);
  const auto behind = [&](log::Partition partition) {
    return building_->copy()->partition(partition).next() < live_->copy()->partition(partition).next();
  };
  if (std::ranges::any_of(mine_, behind)) {
    const auto built = building_->step(now, Duration{0});
    if (!built) return std::unexpected(built.error());
    return {};
  }
  building_->write(now);
  for (const auto partition : mine_) {
    // A copy that cannot be kept is broken; the control thread sees it and gives up the rebuild.
    if (!building_->copy()->partition(partition).keep()) return {};
  }
  arrived_ = true;
  projection_.arrive(index_);
  return {};
}

}  // namespace casetrail::projection
