// Three failures of a commit and no fourth: aborted, unknown, fenced.
#include "workers/command/command_partition.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "events/wire/elapsed.h"

namespace casetrail::command {
namespace {

/// An answer that is on its way in gets this long before the wall clock fires a timer in its stead.
constexpr Duration kGrace = std::chrono::seconds{2};
/// The clocks of two nodes may differ by so much, and one be corrected by it: time stands still meanwhile.
constexpr Duration kClockSkew = std::chrono::minutes{1};
/// What a last owner left open ends sooner.
constexpr Duration kLongWait = std::chrono::seconds{30};
/// A log that aborts so often is not going to take the batch from this writer.
constexpr int kMostAborts = 10;

}  // namespace

CommandPartition::CommandPartition(log::EventLog& log, log::Membership& membership,
                                   std::unique_ptr<storage::StoreHome> home, CommandMetrics& metrics,
                                   const PolicyBook& policies, log::Partition partition,
                                   std::size_t cached_cases, CameAfter came_after)
    : log_(log),
      membership_(membership),
      metrics_(metrics),
      policies_(policies),
      partition_(partition),
      cached_cases_(cached_cases),
      came_after_(std::move(came_after)),
      writer_(log.open_writer(partition)),
      home_(std::move(home)) {
  take_over_.emplace(ports(), partition_, cached_cases_);
}

PartitionPorts CommandPartition::ports() {
  return {log_, membership_, *writer_, *home_, metrics_, policies_};
}

PartitionStatus CommandPartition::status() const {
  auto sentence = take_over_ ? take_over_->sentence() : sentence_;
  if (take_over_ && waits_long_) sentence += " It waits since " + to_wire(*waiting_since_) + ".";
  PartitionStatus status{partition_, phase_, std::move(sentence), next_command_};
  if (take_over_) {
    status.restored = take_over_->replayed();
    status.waits_for = take_over_->reason();
    status.blocked_at = take_over_->blocked_at();
  }
  if (phase_ != PartitionPhase::running) return status;
  status.damaged = state_->closed_cases();
  status.restored = 1;
  status.passed_over = passed_over_;
  status.snapshot = {save_points_->kept_at(), save_points_->unsaved()};
  return status;
}

bool CommandPartition::step_take_over(Timestamp now) {
  switch (take_over_->step()) {
    case TakeOver::Progress::going_on:
      waiting_since_.reset();
      waits_long_ = false;
      return true;
    case TakeOver::Progress::waiting: note_wait(now); return false;
    case TakeOver::Progress::fenced:
      sentence_ = take_over_->sentence();
      take_over_.reset();
      phase_ = PartitionPhase::lost;
      return false;
    case TakeOver::Progress::impossible: stop(take_over_->sentence()); return false;
    case TakeOver::Progress::done: break;
  }
  auto result = take_over_->take_result();
  take_over_.reset();
  next_command_ = result.next_command;
  group_is_behind_ = result.group_is_behind;
  passed_over_ = std::move(result.passed_over);
  position_ = std::move(result.position);
  state_ = std::move(result.state);
  save_points_.emplace(now - phase_of(partition_, kSaveEvery), result.unsaved_events);
  saving_ = false;
  told_closed_ = 0;
  aborts_in_a_row_ = 0;
  sentence_.clear();
  phase_ = PartitionPhase::running;
  spdlog::info("partition={} running, commands from offset={}, events to offset={}", partition_,
               next_command_, position_.next);
  for (const auto& [case_id, why] : *state_->closed_cases()) {
    spdlog::error("partition={} case={} is closed to commands: {}", partition_, case_id.value, why);
  }
  return true;
}

void CommandPartition::note_wait(Timestamp now) {
  if (!waiting_since_) waiting_since_ = now;
  if (waits_long_ || now - *waiting_since_ < kLongWait) return;
  waits_long_ = true;
  spdlog::warn("partition={} is not taken over since {}: {}", partition_, to_wire(*waiting_since_),
               take_over_->sentence());
}

void CommandPartition::take_over_again(const std::string& why) {
  spdlog::warn("partition={} is taken over anew: {}", partition_, why);
  state_.reset();
  waiting_since_.reset();
  waits_long_ = false;
  phase_ = PartitionPhase::taking_over;
  take_over_.emplace(ports(), partition_, cached_cases_);
}

void CommandPartition::stop(std::string why) {
  spdlog::error("partition={} stopped: {}", partition_, why);
  state_.reset();
  take_over_.reset();
  sentence_ = std::move(why);
  phase_ = PartitionPhase::stopped;
}

void CommandPartition::begin(const Batch& batch, const PolicyBook& policies, Timestamp now) {
  rest_ = batch.commands;
  if (came_after_ && !rest_.empty()) not_before_ = came_after_(partition_, rest_.front()->offset);
  decide_rest(batch, policies, now);
}

/// Only of what decides: a clock that is behind for a moment in which nothing happens takes no time back.
void CommandPartition::follow_clock(Timestamp now) {
  if (state_->time() <= now + kClockSkew) return;
  metrics_.times_set_back.add();
  spdlog::warn("partition={} its time is set back from {} to {}: the clock that it was taken from was ahead",
               partition_, to_wire(state_->time()), to_wire(now));
  state_->set_time_back(now);
}

void CommandPartition::finish(const Batch& batch, const PolicyBook& policies, Timestamp now) {
  while (flight_) {
    const auto step = land(now);
    if (step == Step::ended) return;
    // A batch without commands comes again with the next step.
    if (step == Step::again && decided_.empty() && rest_.empty()) return;
    if (step == Step::again) rest_ = {decided_.data(), decided_.size() + rest_.size()};
    decide_rest(batch, policies, now);
  }
}

bool CommandPartition::has_due_timers(const Batch& batch, Timestamp now) {
  if (phase_ != PartitionPhase::running) return false;
  const auto* timer = state_->timers().earliest();
  return timer != nullptr && timer->at < now - kGrace && is_caught_up(batch.position);
}

void CommandPartition::begin_timers(const Batch& batch, const PolicyBook& policies, Timestamp now) {
  decided_ = {};
  follow_clock(now);
  // The partition's time stays behind, too: else an answer on its way in would count as of now.
  BatchDecider decider(*state_, policies, {partition_, log_.partitions(), now - kGrace});
  decider.take_due_timers();
  send(std::move(decider.draft()), next_command_, batch);
}

void CommandPartition::decide_rest(const Batch& batch, const PolicyBook& policies, Timestamp now) {
  if (rest_.empty()) {
    decided_ = rest_;
    // Only markers lie between: without this the group's lag never reads 0.
    if (batch.position > next_command_ || group_is_behind_)
      send({}, std::max(batch.position, next_command_), batch);
    return;
  }
  follow_clock(now);
  BatchDecider decider(*state_, policies, {partition_, log_.partitions(), now, [this] {
                                             return log_.cannot_forget(partition_);
                                           }});
  const auto taken = decider.take_commands(rest_);
  decided_ = rest_.first(taken);
  rest_ = rest_.subspan(taken);
  const auto next =
      rest_.empty() ? std::max(batch.position, decided_.back()->offset + 1) : rest_.front()->offset;
  send(std::move(decider.draft()), next, batch);
}

/// Not of what brings the past: the facts of an import, and what was dated back before it came into the log.
void CommandPartition::observe_duration(const Tally& tally, Timestamp now) {
  auto of_the_past = tally.of_the_past.begin();
  for (const auto* command : decided_) {
    if (of_the_past != tally.of_the_past.end() && *of_the_past == command->offset) {
      ++of_the_past;
      continue;
    }
    const auto sent = command->message.timestamp;
    if (not_before_ && sent < *not_before_ - kClockSkew) continue;
    // The sender's clock may be ahead.
    metrics_.duration.observe(std::chrono::duration<double>(std::max(now - sent, Duration{0})).count());
  }
}

bool CommandPartition::is_caught_up(log::Offset position) {
  const auto bounds = log_.bounds(log::Topic::commands, partition_);
  return bounds && position >= bounds->stable;
}

void CommandPartition::send(DraftedBatch draft, log::Offset next_command, const Batch& batch) {
  if (const auto& failure = state_->failure()) return distrust_store(*failure);
  flight_.emplace(std::move(draft), next_command);
  flight_->result = writer_->start_commit(flight_->draft.records, next_command, batch.generation);
}

CommandPartition::Step CommandPartition::land(Timestamp now) {
  const auto result = flight_->result.get();
  const auto landed = *std::exchange(flight_, std::nullopt);
  switch (result.outcome) {
    case log::CommitOutcome::committed:
      metrics_.commits.add();
      next_command_ = landed.next_command;
      group_is_behind_ = false;
      aborts_in_a_row_ = 0;
      observe_duration(landed.draft.tally, now);
      return committed(landed.draft, result.last_event);
    case log::CommitOutcome::aborted:
      metrics_.aborts.add();
      spdlog::warn("partition={} commit aborted, decided again: {}", partition_, result.what);
      if (auto dropped = state_->drop(); !dropped) {
        distrust_store(dropped.error());
        return Step::ended;
      }
      if (++aborts_in_a_row_ <= kMostAborts) return Step::again;
      take_over_again(result.what);
      return Step::ended;
    case log::CommitOutcome::unknown:
      metrics_.unknown_commits.add();
      take_over_again(result.what);
      return Step::ended;
    case log::CommitOutcome::fenced: break;
  }
  lose(result.what);
  return Step::ended;
}

void CommandPartition::lose(const std::string& why) {
  metrics_.fenced_commits.add();
  spdlog::warn("partition={} lost to another owner: {}", partition_, why);
  state_.reset();
  sentence_ = why;
  phase_ = PartitionPhase::lost;
}

CommandPartition::Step CommandPartition::committed(const DraftedBatch& draft, log::Offset last_event) {
  count(draft);
  if (!draft.last_event.empty()) position_ = {last_event + 1, last_event, draft.last_event};
  save_points_->wrote(draft.tally.events);
  if (auto kept = state_->keep(position_); !kept) {
    distrust_store(kept.error());
    return Step::ended;
  }
  return Step::done;
}

void CommandPartition::count(const DraftedBatch& draft) {
  const auto& tally = draft.tally;
  metrics_.accepted.add(tally.accepted);
  metrics_.rejected.add(tally.rejected);
  metrics_.repeated.add(tally.repeated);
  metrics_.dead_letters.add(tally.dead_letters);
  metrics_.conflicts.add(tally.conflicts);
  metrics_.events.add(tally.events);
  metrics_.timers_fired.add(tally.timers_fired);
  for (const auto& [code, times] : tally.refusals) metrics_.refusals.add(code, times);
}

void CommandPartition::distrust_store(const storage::StoreError& error) {
  const auto why = error.what;
  if (error.failure == storage::StoreFailure::corrupt) {
    metrics_.snapshot_fallbacks[static_cast<std::size_t>(storage::DiscardReason::corrupt)].add();
    state_.reset();
    if (auto discarded = home_->discard(); !discarded) return stop(discarded.error().what);
  }
  take_over_again(why);
}

void CommandPartition::close(std::span<const DamagedCase> cases) {
  if (phase_ != PartitionPhase::running || cases.empty()) return;
  told_closed_ += cases.size();
  for (const auto& [case_id, why] : cases) {
    if (state_->damage_of(case_id) != nullptr) continue;
    spdlog::error("partition={} case={} is closed to commands, as on the boards: {}", partition_,
                  case_id.value, why);
    state_->close_case(case_id, why);
  }
  if (auto kept = state_->keep(position_); !kept) distrust_store(kept.error());
}

void CommandPartition::save_when_due(Timestamp now) {
  if (phase_ != PartitionPhase::running) return;
  if (saving_) return finish_save();
  if (!save_points_->due(now)) return;
  auto forgotten = state_->forget_old_ids();
  auto started = forgotten ? home_->start_checkpoint() : forgotten;
  if (!started) return distrust_store(started.error());
  save_points_->started(now);
  saving_ = true;
}

void CommandPartition::finish_save() {
  const auto saved = home_->finish_checkpoint();
  if (!saved) return distrust_store(saved.error());
  if (!*saved) return;
  saving_ = false;
  save_points_->finished();
  metrics_.checkpoints.add();
}

}  // namespace casetrail::command
