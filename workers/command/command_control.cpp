// A revocation stands until each worker has ended its batch; polling goes on meanwhile.
#include "workers/command/command_control.h"

#include <spdlog/fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace casetrail::command {
namespace {

/// Of a poll while workers end their batches.
constexpr Duration kShortWait{5};

}  // namespace

CommandControl::CommandControl(log::Membership& membership, std::vector<CommandWorker*> workers)
    : membership_(membership), workers_(std::move(workers)) {}

CommandWorker& CommandControl::worker_of(log::Partition partition) const {
  return *workers_[static_cast<std::size_t>(partition) % workers_.size()];
}

log::LogResult<void> CommandControl::step(Duration wait) {
  finish_giving_back();
  const auto change = membership_.poll(giving_back_ ? std::min(wait, kShortWait) : wait);
  if (!change) {
    if (change.error().failure == log::LogFailure::fenced) end(change.error());
    return std::unexpected(change.error());
  }
  const auto& due = *change;
  if (due && !giving_back_) begin(*due);
  finish_giving_back();
  return ask_anew_for_what_is_lost();
}

void CommandControl::end(const log::LogError& error) {
  for (const auto partition : assigned_) worker_of(partition).release(partition);
  assigned_.clear();
  giving_back_.reset();
  const std::scoped_lock lock(mutex_);
  over_ = error.what;
}

std::optional<std::string> CommandControl::over() const {
  const std::scoped_lock lock(mutex_);
  return over_;
}

/// Whoever fenced a partition may not be of the group, or be gone already: then nobody would take it again.
/// Only the group's next assignment lets this process fence in turn.
log::LogResult<void> CommandControl::ask_anew_for_what_is_lost() {
  const auto lost = std::ranges::find_if(
      assigned_, [&](log::Partition partition) { return worker_of(partition).has_lost(partition); });
  if (lost == assigned_.end() || giving_back_) return {};
  spdlog::warn("partition={} was lost without a word from the group, which is asked anew", *lost);
  if (auto asked = membership_.rejoin(); !asked) return asked;
  assigned_.clear();
  return {};
}

void CommandControl::begin(const log::Membership::Change& change) {
  if (change.kind == log::Membership::ChangeKind::assigned) {
    spdlog::info("partitions assigned: {}", fmt::join(change.partitions, ","));
    // The group has decided: what it did not give back is another process's business now.
    for (auto* worker : workers_) worker->forget_lost();
    for (const auto partition : change.partitions) worker_of(partition).assign(partition);
    assigned_.insert(change.partitions.begin(), change.partitions.end());
    membership_.acknowledge(change);
    return;
  }
  spdlog::info("partitions {}: {}", change.kind == log::Membership::ChangeKind::revoked ? "revoked" : "lost",
               fmt::join(change.partitions, ","));
  for (const auto partition : change.partitions) {
    worker_of(partition).release(partition);
    assigned_.erase(partition);
  }
  giving_back_ = change;
}

void CommandControl::finish_giving_back() {
  if (!giving_back_) return;
  const bool held = std::ranges::any_of(giving_back_->partitions, [&](log::Partition partition) {
    return worker_of(partition).holds(partition);
  });
  if (held) return;
  membership_.acknowledge(*giving_back_);
  giving_back_.reset();
}

}  // namespace casetrail::command
