// The group's positions first, then the ends: so no command is overlooked that came between.
#include "workers/command/command_backlog.h"

#include "events/wire/elapsed.h"
#include "workers/command/open_transaction.h"

namespace casetrail::command {
namespace {

/// How long the log may take to hand over a record that it says it holds.
constexpr Duration kRecordWait{500};
/// Whoever sends commands in transactions ends them sooner.
constexpr Duration kHeldLong = std::chrono::seconds(10);
constexpr Duration kMeasureEvery = std::chrono::seconds(1);

}  // namespace

log::LogResult<void> CommandBacklog::step(Timestamp now) {
  if (measured_at_ && !has_passed(kMeasureEvery, *measured_at_, now)) return {};
  measured_at_ = now;
  return measure(now);
}

log::LogResult<void> CommandBacklog::measure(Timestamp now) {
  const auto positions = log_.group_positions(std::string(log::kCommandGroup), log::Topic::commands);
  if (!positions) return std::unexpected(positions.error());
  const auto all = log_.bounds(log::Topic::commands);
  for (const auto& [partition, committed] : *positions) {
    const auto bounds = log::bounds_of(log_, all, log::Topic::commands, partition);
    if (!bounds) return std::unexpected(bounds.error());
    const auto next = committed.value_or(bounds->low);
    const auto index = static_cast<std::size_t>(partition);
    auto [before, held, ends] = [&] {
      const std::scoped_lock lock(mutex_);
      if (partitions_.size() <= index) partitions_.resize(index + 1);
      return partitions_[index];
    }();
    const bool is_held = next >= bounds->stable && bounds->stable < bounds->high;
    const bool was_held = held && held->bounds.stable == bounds->stable;
    held = is_held ? std::optional(Held{*bounds, was_held ? held->since : now}) : std::nullopt;
    // Commands that waited before this process heard of them: the first one tells since when.
    if (next < bounds->stable && !ends.covered_at(next)) {
      if (const auto at = time_of(partition, next)) ends.begin(next, *at);
    }
    ends.heard(bounds->high, now, next);
    const log::MeasuredLag measured{next, bounds->high, ends.covered_at(next), now};
    const std::scoped_lock lock(mutex_);
    partitions_[index] = {measured, held, std::move(ends)};
  }
  return {};
}

/// A reader of its own: one that has reached the end would wait for its answer first.
std::optional<Timestamp> CommandBacklog::time_of(log::Partition partition, log::Offset next) const {
  const auto reader = log_.open_reader(log::Topic::commands);
  if (!reader->start(partition, next)) return std::nullopt;
  const auto records = reader->read(1, kRecordWait);
  if (!records || records->empty()) return std::nullopt;
  return records->front().message.timestamp;
}

std::vector<log::PartitionLag> CommandBacklog::lag(Timestamp now) const {
  const auto partitions = [this] {
    const std::scoped_lock lock(mutex_);
    return partitions_;
  }();
  std::vector<log::PartitionLag> rows(static_cast<std::size_t>(log_.partitions()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].worker = log::kCommandWorker;
    rows[i].group = log::kCommandGroup;
    rows[i].partition = static_cast<log::Partition>(i);
    if (i < partitions.size() && partitions[i].lag) log::tell(*partitions[i].lag, now, rows[i]);
    const auto held = i < partitions.size() ? partitions[i].held : std::nullopt;
    if (held && now - held->since >= kHeldLong) {
      rows[i].reason = log::ReasonCode::commands_in_transaction;
      rows[i].stopped = held_by_transaction(log::Topic::commands, rows[i].partition, held->bounds) +
                        " It was first seen at " + to_wire(held->since) + ".";
    }
  }
  return rows;
}

std::optional<Timestamp> CommandBacklog::covered_at(log::Partition partition, log::Offset offset) const {
  const std::scoped_lock lock(mutex_);
  const auto index = static_cast<std::size_t>(partition);
  return index < partitions_.size() ? partitions_[index].ends.covered_at(offset) : std::nullopt;
}

}  // namespace casetrail::command
