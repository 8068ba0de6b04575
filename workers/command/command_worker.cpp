// A step in order: assignments, policies, take-overs, closed cases, one read, the commands of all partitions,
// and for each of them timers.
#include "workers/command/command_worker.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "events/wire/elapsed.h"

namespace casetrail::command {

CommandWorker::CommandWorker(log::EventLog& log, log::Membership& membership, OpenHome open_home,
                             CommandMetrics& metrics, const Options& options)
    : log_(log),
      membership_(membership),
      open_home_(std::move(open_home)),
      metrics_(metrics),
      options_(options),
      policies_(log),
      commands_(log.open_reader(log::Topic::commands)) {}

CommandWorker::~CommandWorker() = default;

void CommandWorker::assign(log::Partition partition) {
  const std::scoped_lock lock(mutex_);
  wanted_.insert(partition);
  status_.erase(partition);
}

void CommandWorker::release(log::Partition partition) {
  const std::scoped_lock lock(mutex_);
  wanted_.erase(partition);
}

bool CommandWorker::holds(log::Partition partition) const {
  const std::scoped_lock lock(mutex_);
  return held_.contains(partition);
}

bool CommandWorker::has_lost(log::Partition partition) const {
  const std::scoped_lock lock(mutex_);
  const auto last = status_.find(partition);
  return last != status_.end() && last->second.phase == PartitionPhase::lost;
}

void CommandWorker::forget_lost() {
  const std::scoped_lock lock(mutex_);
  std::erase_if(status_, [](const auto& entry) { return entry.second.phase == PartitionPhase::lost; });
}

void CommandWorker::tell_closed(const ClosedCases& closed) {
  const std::scoped_lock lock(mutex_);
  for (const auto& [partition, cases] : closed)
    std::ranges::copy(cases, std::back_inserter(told_closed_[partition]));
}

std::vector<PartitionStatus> CommandWorker::status() const {
  const std::scoped_lock lock(mutex_);
  auto listed = status_;
  for (const auto partition : wanted_) {
    listed.try_emplace(partition,
                       PartitionStatus{partition, PartitionPhase::taking_over, "It was assigned.", -1});
  }
  std::vector<PartitionStatus> all;
  all.reserve(listed.size());
  for (auto& [partition, status] : listed) all.push_back(std::move(status));
  return all;
}

log::LogResult<void> CommandWorker::step(const Clock& clock) {
  reconcile();
  // What is quarantined is known before anything is replayed.
  if (auto refreshed = refresh_policies(clock()); !refreshed) {
    settle();
    return refreshed;
  }
  const bool busy = take_over(clock());
  close_what_was_told();
  auto worked = work(clock, busy ? Duration{0} : options_.wait);
  settle();
  return worked;
}

void CommandWorker::reconcile() {
  std::set<log::Partition> wanted;
  {
    const std::scoped_lock lock(mutex_);
    wanted = wanted_;
    held_.insert(wanted.begin(), wanted.end());
  }
  for (auto held = partitions_.begin(); held != partitions_.end();) {
    if (wanted.contains(held->first)) {
      ++held;
      continue;
    }
    commands_->stop(held->first);
    held = partitions_.erase(held);
  }
  for (const auto partition : wanted) {
    if (partitions_.contains(partition)) continue;
    partitions_.try_emplace(partition, log_, membership_, open_home_(partition), metrics_, policies_,
                            partition, options_.cached_cases, options_.came_after);
  }
}

bool CommandWorker::take_over(Timestamp now) {
  bool busy = false;
  for (auto& [partition, owned] : partitions_) {
    if (owned.phase() != PartitionPhase::taking_over) continue;
    busy = owned.step_take_over(now) || busy;
    if (owned.phase() == PartitionPhase::running) start_commands(owned);
  }
  return busy;
}

void CommandWorker::close_what_was_told() {
  ClosedCases fresh;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [partition, cases] : told_closed_) {
      const auto found = partitions_.find(partition);
      if (found == partitions_.end() || found->second.phase() != PartitionPhase::running) continue;
      const auto new_ones = std::span(cases).subspan(found->second.told_closed());
      if (!new_ones.empty()) fresh[partition].assign(new_ones.begin(), new_ones.end());
    }
  }
  for (const auto& [partition, cases] : fresh) partitions_.at(partition).close(cases);
}

void CommandWorker::start_commands(CommandPartition& owned) {
  if (auto started = commands_->start(owned.partition(), owned.next_command()); !started) {
    const auto& error = started.error();
    error.failure == log::LogFailure::unavailable ? owned.take_over_again(error.what)
                                                  : owned.stop(error.what);
  }
}

log::LogResult<void> CommandWorker::refresh_policies(Timestamp now) {
  if (policies_asked_ && !has_passed(options_.policy_age, *policies_asked_, now)) return {};
  auto read = policies_.refresh();
  if (!read && !policies_asked_) return read;
  policies_asked_ = now;
  metrics_.policy_version = policies_.version();
  const auto failure = read ? std::string() : std::move(read).error().what;
  if (failure != std::exchange(policies_failure_, failure) && !failure.empty())
    spdlog::warn("policies stay as they are: {}", failure);
  return {};
}

bool CommandWorker::read(Duration wait) {
  for (auto& [partition, records] : read_) records.clear();
  const auto running = static_cast<std::size_t>(std::ranges::count_if(
      partitions_, [](const auto& owned) { return owned.second.phase() == PartitionPhase::running; }));
  const auto records = commands_->read(options_.batch * std::max<std::size_t>(running, 1), wait);
  if (!records) {
    recover_from(records.error());
    return false;
  }
  for (const auto& record : *records) read_[record.partition].push_back(&record);
  return true;
}

void CommandWorker::recover_from(const log::ReadError& error) {
  spdlog::warn("commands could not be read: {}", error.what);
  if (!error.partition) return;
  const auto found = partitions_.find(*error.partition);
  if (found == partitions_.end() || found->second.phase() != PartitionPhase::running) return;
  auto& owned = found->second;
  switch (error.failure) {
    case log::LogFailure::unavailable:
    case log::LogFailure::unknown: return start_commands(owned);
    case log::LogFailure::out_of_range: {
      const auto bounds = log_.bounds(log::Topic::commands, owned.partition());
      auto why = bounds ? unreachable(owned.partition(), owned.next_command(), *bounds) : std::nullopt;
      return why ? owned.stop(*std::move(why)) : start_commands(owned);
    }
    case log::LogFailure::fenced:
    case log::LogFailure::refused: return owned.stop(error.what);
  }
}

log::LogResult<void> CommandWorker::work(const Clock& clock, Duration wait) {
  const auto generation = membership_.generation();
  if (!read(wait)) return {};
  // A time of before the read would make a command that came during its wait one of the future.
  const auto now = clock();
  std::vector<std::pair<CommandPartition*, CommandPartition::Batch>> batches;
  for (auto& [partition, owned] : partitions_) {
    if (owned.phase() == PartitionPhase::running)
      batches.emplace_back(
          &owned, CommandPartition::Batch{read_[partition], commands_->position(partition), generation});
  }
  // What all have to write is on its way to the log before any of it is waited for.
  for (auto& [owned, batch] : batches) owned->begin(batch, policies_, now);
  for (auto& [owned, batch] : batches) owned->finish(batch, policies_, now);
  auto due = batches;
  std::erase_if(due, [&](auto& entry) { return !entry.first->has_due_timers(entry.second, now); });
  for (auto& [owned, batch] : due) owned->begin_timers(batch, policies_, now);
  for (auto& [owned, batch] : due) owned->finish(batch, policies_, now);
  for (auto& [owned, batch] : batches) owned->save_when_due(now);
  return {};
}

void CommandWorker::settle() {
  std::set<log::Partition> held;
  std::map<log::Partition, PartitionStatus> status;
  for (auto& [partition, owned] : partitions_) {
    status.insert_or_assign(partition, owned.status());
    if (owned.phase() != PartitionPhase::running) commands_->stop(partition);
    if (owned.phase() != PartitionPhase::lost) held.insert(partition);
  }
  std::erase_if(partitions_, [](const auto& owned) { return owned.second.phase() == PartitionPhase::lost; });

  const std::scoped_lock lock(mutex_);
  for (const auto& [partition, last] : status) {
    if (last.phase == PartitionPhase::lost) wanted_.erase(partition);
  }
  for (const auto& [partition, last] : status_) {
    if (last.phase == PartitionPhase::lost) status.try_emplace(partition, last);
  }
  status_ = std::move(status);
  held_ = std::move(held);
}

}  // namespace casetrail::command
