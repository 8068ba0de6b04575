// Nothing of the commands is fetched before this is done: what is fetched earlier may be decided already.
#include "workers/command/take_over.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "events/case/case_order.h"
#include "events/wire/cloud_event.h"
#include "events/wire/reflect.h"
#include "workers/command/open_transaction.h"
#include "workers/command/save_points.h"
#include "workers/command/taken_commands.h"
#include "workers/log/partition.h"

namespace casetrail::command {
namespace {

/// Events of one step, which are kept together, and of one read: more of them would leave the processor's
/// cache.
constexpr std::size_t kReplayAtOnce = 4'000;
constexpr std::size_t kReadAtOnce = 100;
/// A fence that finds nothing open takes some milliseconds, an answer about the group's offset hardly one.
constexpr Duration kAnswerWait{5};
/// How long one step waits for the first of them.
constexpr Duration kReplayWait{20};

constexpr std::string_view kGoOnWithWhatIsThere =
    "A log of its own: restore the data folder from a backup. Kafka: to go on with what the topic holds, "
    "stop "
    "every node, set the group casetrail.commands to its earliest offset (kafka-consumer-groups.sh "
    "--reset-offsets --to-earliest), and start again.";

}  // namespace

std::optional<std::string> unreachable(log::Partition partition, log::Offset next,
                                       const log::Bounds& commands) {
  if (next < commands.low) {
    return fmt::format(
        "casetrail.commands/{} begins at offset {}, but commands were taken up to {} only: retention took "
        "the "
        "rest unhandled. Raise its retention. {}",
        partition, commands.low, next, kGoOnWithWhatIsThere);
  }
  if (next > commands.high) {
    return fmt::format(
        "casetrail.commands/{} ends at offset {}, but commands were taken up to {}: it lost records, or was "
        "created anew. Restore it if it can be. {}",
        partition, commands.high, next, kGoOnWithWhatIsThere);
  }
  return std::nullopt;
}

TakeOver::TakeOver(const PartitionPorts& ports, log::Partition partition, std::size_t cached_cases)
    : ports_(ports), partition_(partition), cached_cases_(cached_cases) {
  ports_.metrics.take_overs.add();
}

TakeOver::Progress TakeOver::step() {
  switch (stage_) {
    case Stage::fence: return fence();
    case Stage::input: return read_input();
    case Stage::store: return open_store();
    case Stage::replay: return replay();
    case Stage::first_command: return find_first_command();
    case Stage::held: return wait_for_quarantine();
  }
  return Progress::impossible;
}

log::ReasonCode TakeOver::reason() const {
  if (is_in_transaction_) return log::ReasonCode::commands_in_transaction;
  if (blocked_at()) return log::ReasonCode::commands_blocked;
  return stage_ == Stage::replay ? log::ReasonCode::commands_replaying
                                 : log::ReasonCode::commands_taking_over;
}

std::optional<log::Offset> TakeOver::blocked_at() const {
  return stage_ == Stage::held ? std::optional(position_.next) : std::nullopt;
}

void TakeOver::wait_for_transaction(std::string sentence) {
  sentence_ = std::move(sentence);
  is_in_transaction_ = true;
}

TakeOver::Progress TakeOver::stopped_by(const log::LogError& error) {
  sentence_ = error.what;
  is_in_transaction_ = false;
  switch (error.failure) {
    case log::LogFailure::unavailable:
    case log::LogFailure::unknown: return Progress::waiting;
    case log::LogFailure::fenced: return Progress::fenced;
    case log::LogFailure::out_of_range:
    case log::LogFailure::refused: return Progress::impossible;
  }
  return Progress::impossible;
}

TakeOver::Progress TakeOver::stopped_by(const storage::StoreError& error) {
  sentence_ = error.what;
  state_.reset();
  stage_ = Stage::store;
  if (error.failure == storage::StoreFailure::unavailable) return Progress::waiting;
  ports_.metrics.snapshot_fallbacks[static_cast<std::size_t>(storage::DiscardReason::corrupt)].add();
  const auto discarded = ports_.home.discard();
  if (!discarded) sentence_ = discarded.error().what;
  return discarded ? Progress::going_on : Progress::waiting;
}

TakeOver::Progress TakeOver::fence() {
  if (sentence_.empty()) sentence_ = "It shuts out the last owner.";
  if (!fencing_.valid()) fencing_ = ports_.writer.start_fence();
  // The log may take a while to end what the last owner left open: others go on meanwhile.
  if (fencing_.wait_for(kAnswerWait) == std::future_status::timeout) return Progress::waiting;
  if (const auto fenced = fencing_.get(); !fenced) return stopped_by(fenced.error());
  stage_ = Stage::input;
  sentence_ =
      "It asks how far the commands were taken; while a transaction of the last owner is open there is no "
      "answer.";
  return Progress::going_on;
}

/// What the answer waits for, where that can be seen.
TakeOver::Progress TakeOver::without_input(const log::LogError& error) {
  const auto progress = stopped_by(error);
  if (progress != Progress::waiting) return progress;
  for (const auto topic : {log::Topic::events, log::Topic::outcomes}) {
    const auto bounds = ports_.log.bounds(topic, partition_);
    if (bounds && bounds->stable < bounds->high) {
      wait_for_transaction(held_by_transaction(topic, partition_, *bounds));
      return progress;
    }
  }
  // The same question that waits for no transaction.
  if (ports_.log.group_positions(std::string(log::kCommandGroup), log::Topic::commands))
    wait_for_transaction(position_held_by_transaction(partition_));
  return progress;
}

TakeOver::Progress TakeOver::read_input() {
  if (!asking_.valid()) {
    asking_ = ports_.membership.start_committed(partition_);
  }
  if (asking_.wait_for(kAnswerWait) == std::future_status::timeout) return Progress::waiting;
  const auto committed = asking_.get();
  if (!committed) return without_input(committed.error());
  const auto events = ports_.log.bounds(log::Topic::events, partition_);
  if (!events) return stopped_by(events.error());
  committed_ = *committed;
  end_ = events->high;
  stage_ = Stage::store;
  return Progress::going_on;
}

TakeOver::Progress TakeOver::open_store() {
  sentence_ = "It opens its store.";
  is_in_transaction_ = false;
  const auto identity = ports_.log.identity();
  if (!identity) return stopped_by(identity.error());
  auto opened =
      storage::open_checked(ports_.home, {*identity, command_fingerprint()}, ports_.log, partition_);
  if (!opened) {
    sentence_ = std::move(opened.error());
    return Progress::waiting;
  }
  for (const auto& discarded : opened->discarded) {
    ports_.metrics.snapshot_fallbacks[static_cast<std::size_t>(discarded.reason)].add();
    spdlog::warn("partition={} snapshot discarded, reason={}: {}", partition_, name_of(discarded.reason),
                 discarded.sentence);
  }
  position_ = opened->position.value_or(storage::StorePosition{});
  state_ = std::make_unique<PartitionState>(*opened->store, cached_cases_);
  if (auto loaded = state_->load(); !loaded) return stopped_by(loaded.error());
  events_ = std::move(opened->events);
  if (events_ == nullptr) {
    const auto bounds = ports_.log.bounds(log::Topic::events, partition_);
    if (!bounds) return stopped_by(bounds.error());
    events_ = ports_.log.open_reader(log::Topic::events);
    if (auto started = events_->start(partition_, std::max(position_.next, bounds->low)); !started)
      return stopped_by(started.error());
  }
  if (!replayed_from_) replayed_from_ = reached();
  stage_ = Stage::replay;
  return Progress::going_on;
}

std::optional<double> TakeOver::replayed() const {
  if (!replayed_from_) return std::nullopt;
  const auto all = end_ - *replayed_from_;
  if (events_ == nullptr || all <= 0) return 1;
  return std::clamp(static_cast<double>(reached() - *replayed_from_) / static_cast<double>(all), 0.0, 1.0);
}

log::Offset TakeOver::reached() const { return std::max(position_.next, events_->position(partition_)); }

TakeOver::Progress TakeOver::replay() {
  if (reached() >= end_) {
    events_.reset();
    stage_ = Stage::first_command;
    return Progress::going_on;
  }
  sentence_ = fmt::format("It replays casetrail.events/{} at offset {} of {}.", partition_, reached(), end_);
  is_in_transaction_ = false;
  const auto before = position_.next;
  const auto read_to = events_->position(partition_);
  for (std::size_t replayed = 0; replayed < kReplayAtOnce;) {
    const auto records = events_->read(kReadAtOnce, replayed == 0 ? kReplayWait : Duration{0});
    if (!records) {
      // What came before the failure is kept.
      position_.next = reached();
      if (const auto kept = keep(); kept != Progress::going_on) return kept;
      state_.reset();
      stage_ = Stage::store;
      return stopped_by(records.error());
    }
    for (const auto& record : *records) {
      if (record.offset < before) continue;
      if (const auto taken = take(record); taken != Progress::going_on) return taken;
    }
    replayed += records->size();
    if (records->size() < kReadAtOnce) break;
  }
  position_.next = reached();
  if (position_.next == before)
    return events_->position(partition_) == read_to ? wait_for_end() : Progress::going_on;
  return keep();
}

TakeOver::Progress TakeOver::find_first_command() {
  sentence_ = "It looks up the last command that was answered.";
  is_in_transaction_ = false;
  const auto commands = ports_.log.bounds(log::Topic::commands, partition_);
  if (!commands) return stopped_by(commands.error());
  const auto said = committed_.value_or(commands->low);
  const auto taken = taken_up_to(said, *commands);
  if (!taken) return stopped_by(taken.error());
  if (auto why = unreachable(partition_, *taken, *commands)) {
    sentence_ = *std::move(why);
    return Progress::impossible;
  }
  next_command_ = *taken;
  if (next_command_ == said) return Progress::done;
  ports_.metrics.positions_behind.add();
  spdlog::warn(
      "partition={} commands from offset={}: outcomes, dead letters and events show that they were taken up "
      "to there, and none is decided again. The group {} says {}: somebody set it back, or the brokers lost "
      "its offset.",
      partition_, next_command_, log::kCommandGroup, committed_ ? std::to_string(said) : "nothing");
  return Progress::done;
}

log::LogResult<log::Offset> TakeOver::taken_up_to(log::Offset said, const log::Bounds& commands) {
  const auto answered = last_answered(ports_.log, partition_);
  if (!answered) return std::unexpected(answered.error());
  const auto buried = last_buried(ports_.log, partition_);
  if (!buried) return std::unexpected(buried.error());
  const auto by_outcomes = *answered ? (*answered)->offset : -1;
  const auto by_letters = *buried ? (*buried)->offset : -1;
  const auto by_events = state_->next_command() - 1;
  // What was refused left no event: that outcomes have gone meanwhile says nothing of it.
  if (const auto last = std::max(by_outcomes, by_letters); last >= 0) {
    if (auto noted = note_passed_over(last, said, commands); !noted)
      return std::unexpected(std::move(noted).error());
  }
  // Outcomes are kept for a while only, and events tell of accepted commands only. But an event that speaks
  // of a later command than the last outcome was not committed with one: somebody else wrote it.
  for (const auto last : {std::max(by_outcomes, by_letters), std::min(by_outcomes, by_letters), by_events}) {
    if (last < 0) continue;  // it says nothing
    if (last < said) return said;
    if (last < commands.low) return last + 1;  // passes over nothing that is still there
    // Else the topic was created anew, and what lies at this offset was never taken.
    if (last >= commands.stable) continue;
    const auto command = command_at(ports_.log, partition_, last);
    if (!command) return std::unexpected(command.error());
    if (!*command) continue;
    if (last == by_outcomes && (*command)->id == (*answered)->id) return last + 1;
    if (last == by_letters && (*command)->at == (*buried)->at) return last + 1;
    const auto known = state_->remembered((*command)->id, (*command)->source);
    if (known && known->offset == last) return last + 1;
  }
  return said;
}

log::LogResult<void> TakeOver::note_passed_over(log::Offset last, log::Offset said,
                                                const log::Bounds& commands) {
  const auto from = std::max(last + 1, commands.low);
  const auto first = first_command_in(ports_.log, partition_, from, std::min(said, commands.stable));
  if (!first) return std::unexpected(first.error());
  if (!*first) return {};
  passed_over_ = fmt::format(
      "casetrail.commands/{}: commands that nobody has answered lie at offsets {} to {}, and the group {} "
      "passes over them: somebody set it forwards. They are not decided; send again those that are to be.",
      partition_, **first, said - 1, log::kCommandGroup);
  ports_.metrics.positions_ahead.add();
  spdlog::error("partition={} {}", partition_, passed_over_);
  return {};
}

/// What came before it is kept; nothing behind it is taken.
TakeOver::Progress TakeOver::hold(const log::Record& record, const std::string& reason) {
  position_.next = record.offset;
  if (const auto kept = keep(); kept != Progress::going_on) return kept;
  sentence_ = fmt::format(
      "casetrail.events/{} offset {}: {} If nobody needs that record: casetrail events quarantine {} {} "
      "--reason …",
      partition_, record.offset, reason, partition_, record.offset);
  spdlog::error("partition={} waits: {}", partition_, sentence_);
  stage_ = Stage::held;
  return Progress::waiting;
}

TakeOver::Progress TakeOver::wait_for_quarantine() {
  if (!ports_.policies.quarantines(partition_, position_.next)) return Progress::waiting;
  state_.reset();
  stage_ = Stage::store;
  return Progress::going_on;
}

TakeOver::Progress TakeOver::take(const log::Record& record) {
  if (ports_.policies.quarantines(partition_, record.offset)) {
    spdlog::warn("partition={} events offset={} skipped: it is quarantined", partition_, record.offset);
    return Progress::going_on;
  }
  const auto reading = read_event(record.message, event_);
  const auto belongs_in = log::partition_of(record.message.key.value_or(""), ports_.log.partitions());
  if (is_stray(record.message, reading.reading, partition_, belongs_in)) {
    spdlog::error("partition={} events offset={} skipped: {}", partition_, record.offset,
                  why_stray(record.message, belongs_in));
    return Progress::going_on;
  }
  switch (reading.reading) {
    case Reading::ours: break;
    case Reading::foreign:
      ports_.metrics.foreign_events.add();
      spdlog::warn("partition={} events offset={} skipped: {}", partition_, record.offset, reading.reason);
      return Progress::going_on;
    case Reading::newer: return hold(record, reading.reason);
    case Reading::damaged:
      spdlog::error("partition={} events offset={} unreadable: {}", partition_, record.offset,
                    reading.reason);
      if (auto closed = closed_by(record.message); !closed.value.empty())
        state_->close_case(closed, reading.reason);
      return Progress::going_on;
  }
  if (begins_nothing(step_of(event_))) {
    spdlog::error("partition={} events offset={} skipped: {}", partition_, record.offset,
                  why_begins_nothing(event_.case_id));
    return Progress::going_on;
  }
  state_->take(event_, record.message.header(kCommandSourceHeader).value_or(""));
  position_.last_offset = record.offset;
  position_.last_record = event_id(event_.case_id, event_.seq);
  ports_.metrics.replayed_events.add();
  ++unsaved_events_;
  return Progress::going_on;
}

TakeOver::Progress TakeOver::keep() {
  if (auto kept = state_->keep(position_); !kept) return stopped_by(kept.error());
  if (unsaved_events_ < kSaveEvents) return Progress::going_on;
  if (auto saved = ports_.home.checkpoint(); !saved) return stopped_by(saved.error());
  ports_.metrics.checkpoints.add();
  unsaved_events_ = 0;
  return Progress::going_on;
}

TakeOver::Progress TakeOver::wait_for_end() {
  const auto bounds = ports_.log.bounds(log::Topic::events, partition_);
  if (!bounds) return stopped_by(bounds.error());
  if (bounds->stable < end_)
    wait_for_transaction(held_by_transaction(log::Topic::events, partition_, *bounds));
  return Progress::waiting;
}

TakeOver::Result TakeOver::take_result() {
  return {next_command_,   next_command_ > committed_.value_or(0),
          position_,       std::move(state_),
          unsaved_events_, std::move(passed_over_)};
}

}  // namespace casetrail::command
