// A pending case is moved out of the cache, not copied: the store has the committed one until `keep`.
#include "workers/command/partition_state.h"

#include <fmt/format.h>

#include "aggregates/case/decider.h"
#include "events/case/case_order.h"

namespace casetrail::command {
namespace {

constexpr std::string_view kProgressKey = "partition_progress";
/// So that one call stays short; what is left goes the next time.
constexpr std::size_t kForgetAtOnce = 20'000;

storage::StoreError damaged(std::string_view what) {
  return {fmt::format("{} is damaged in a command store. The store is discarded and rebuilt.", what),
          storage::StoreFailure::corrupt};
}

storage::StoreError damaged_row(std::string_view key) { return damaged(fmt::format("The row of '{}'", key)); }

}  // namespace

PartitionState::PartitionState(storage::Store& store, std::size_t cached_cases)
    : store_(store), cache_(cached_cases) {}

storage::StoreResult<void> PartitionState::load() {
  const auto progress = store_.get(storage::kMetaFamily, kProgressKey);
  if (!progress) return std::unexpected(progress.error());
  if (*progress && !decode(**progress, progress_)) return std::unexpected(damaged_row(kProgressKey));
  kept_progress_ = progress_;
  auto read = store_.scan(family::kDamaged, "", "", [&](std::string_view case_id, std::string_view why) {
    closed_->emplace(CaseId{std::string(case_id)}, why);
    return true;
  });
  if (!read) return read;
  return timers_.load(store_);
}

void PartitionState::set_time(Progress& progress, Timestamp to) {
  progress.time = to;
  auto& days = progress.days;
  while (!days.empty() && days.back() > to) days.pop_back();
  if (!days.empty() && to - days.back() < std::chrono::days{1}) return;
  if (days.size() > static_cast<std::size_t>(kIdRetention.count())) days.erase(days.begin());
  days.push_back(to);
}

void PartitionState::set_time_back(Timestamp to) {
  set_time(progress_, to);
  set_time(kept_progress_, to);  // else a batch that is dropped brings the wrong time back
}

void PartitionState::fail(storage::StoreError error) {
  if (!failure_) failure_ = std::move(error);
}

void PartitionState::distrust(const std::string& what) { fail(damaged(what)); }

std::optional<std::string> PartitionState::row(storage::FamilyIndex family, std::string_view key) {
  auto found = store_.get(family, key);
  if (found) return std::move(*found);
  fail(std::move(found.error()));
  return std::nullopt;
}

HeldCase& PartitionState::held(const CaseId& case_id) {
  if (const auto found = pending_.find(case_id); found != pending_.end()) return found->second;
  if (auto cached = cache_.take(case_id)) return pending_.insert(std::move(cached)).position->second;
  auto& fresh = pending_[case_id];
  const auto stored = row(family::kStates, case_id.value);
  if (!stored) return fresh;
  if (!decode(*stored, fresh.state)) fail(damaged_row(case_id.value));
  if (damage_of(case_id) == nullptr) fresh.due = fresh.stored_due = earliest_due(fresh.state);
  return fresh;
}

std::optional<RememberedCommand> PartitionState::remembered(const CommandId& id, std::string_view source) {
  auto found = remembered(memory_key(id, source));
  if (!found && progress_.sourceless) found = remembered(id.value);
  return found;
}

std::optional<RememberedCommand> PartitionState::remembered(const std::string& key) {
  if (const auto found = pending_ids_.find(key); found != pending_ids_.end()) return found->second;
  if (key == unknown_) return std::nullopt;
  const auto stored = row(family::kIds, key);
  if (!stored) {
    unknown_ = key;
    return std::nullopt;
  }
  RememberedCommand command;
  if (!decode(*stored, command)) fail(damaged_row(key));
  return command;
}

const std::string* PartitionState::damage_of(const CaseId& case_id) const {
  if (closed_->empty()) return nullptr;
  const auto found = closed_->find(case_id);
  return found == closed_->end() ? nullptr : &found->second;
}

void PartitionState::take(const CaseEvent& event, std::string_view command_source) {
  set_time(event.recorded_at);
  // Events follow the order of their commands; an offset that somebody made up counts until the next one.
  if (event.command_offset >= 0) progress_.next_command = event.command_offset + 1;
  if (damage_of(event.case_id) != nullptr) return;
  auto& held_case = held(event.case_id);
  const CaseOrder before{.last_seq = held_case.state.seq, .ended_command = held_case.ended_command};
  auto order = before;
  if (take_turn(order, step_of(event)) != CaseTurn::next)
    return close_case(event.case_id, why_closed(before, step_of(event)));
  held_case.ended_command = order.ended_command;
  progress_.commands_end = std::max(progress_.commands_end, event.command_offset + 1);
  evolve(held_case.state, event);
  held_case.changed = changed_ = true;
  const auto due = earliest_due(held_case.state);
  timers_.move(event.case_id, held_case.due, due);
  held_case.due = due;
  remember(event, command_source);
}

void PartitionState::close_case(const CaseId& case_id, std::string why) {
  auto& held_case = held(case_id);
  held_case.changed = changed_ = true;
  timers_.move(case_id, held_case.due, std::nullopt);
  held_case.due.reset();
  if (changing_closed().emplace(case_id, std::move(why)).second) pending_closed_.push_back(case_id);
}

/// Whoever was given what is closed keeps it unchanged; as long as nobody was, nothing is copied.
DamagedCases& PartitionState::changing_closed() {
  if (closed_.use_count() > 1) closed_ = std::make_shared<DamagedCases>(*closed_);
  return *closed_;
}

void PartitionState::remember(const CaseEvent& event, std::string_view source) {
  if (event.command_id.empty()) return;
  const auto key = memory_key(event.command_id, source);
  if (source.empty()) progress_.sourceless = true;
  auto known = pending_ids_.find(key);
  if (known == pending_ids_.end()) {
    if (auto stored = remembered(key)) known = pending_ids_.emplace(key, *std::move(stored)).first;
  }
  if (known != pending_ids_.end() && known->second.offset != event.command_offset) {
    // The id was forgotten once and is in use again: in a replay its first use is still here.
    used_again_.push_back({known->second.taken_at, key});
    pending_ids_.erase(known);
    known = pending_ids_.end();
  }
  if (known == pending_ids_.end()) {
    const RememberedCommand command{event.case_id, event.command_digest, event.seq,
                                    event.seq,     event.command_offset, event.recorded_at};
    known = pending_ids_.emplace(key, command).first;
    unknown_.clear();
  }
  known->second.last_seq = event.seq;
}

void PartitionState::put_cases(storage::StoreBatch& batch) {
  for (auto& [case_id, held_case] : pending_) {
    if (!held_case.changed) continue;
    batch.put(family::kStates, case_id.value, encode(held_case.state));
    if (held_case.stored_due != held_case.due) {
      if (held_case.stored_due)
        batch.erase(family::kTimers, encode(TimedKey{*held_case.stored_due, case_id.value}));
      if (held_case.due) batch.put(family::kTimers, encode(TimedKey{*held_case.due, case_id.value}), "");
    }
  }
  for (const auto& case_id : pending_closed_)
    batch.put(family::kDamaged, case_id.value, closed_->at(case_id));
}

void PartitionState::put_ids(storage::StoreBatch& batch) const {
  for (const auto& age : used_again_) batch.erase(family::kIdAges, encode(age));
  for (const auto& [key, command] : pending_ids_) {
    batch.put(family::kIds, key, encode(command));
    if (!is_remembered_for_ever(key)) batch.put(family::kIdAges, encode(TimedKey{command.taken_at, key}), "");
  }
}

storage::StoreResult<void> PartitionState::write(const storage::StorePosition& position) {
  storage::StoreBatch batch;
  put_cases(batch);
  put_ids(batch);
  storage::put_position(batch, position);
  batch.put(storage::kMetaFamily, std::string(kProgressKey), encode(progress_));
  return store_.write(batch);
}

storage::StoreResult<void> PartitionState::keep(const storage::StorePosition& position) {
  if (failure_) return std::unexpected(*failure_);
  // Refusals move the time and change no case.
  if (changed_ || progress_ != kept_progress_) {
    if (auto written = write(position); !written) {
      fail(written.error());
      return written;
    }
  }
  changed_ = false;
  kept_progress_ = progress_;
  pending_ids_.clear();
  used_again_.clear();
  pending_closed_.clear();
  while (!pending_.empty()) {
    auto held_case = pending_.extract(pending_.begin());
    held_case.mapped().changed = false;
    held_case.mapped().stored_due = held_case.mapped().due;
    cache_.put(std::move(held_case));
  }
  return timers_.refill(store_);
}

storage::StoreResult<void> PartitionState::drop() {
  for (const auto& case_id : pending_closed_) changing_closed().erase(case_id);
  pending_closed_.clear();
  pending_.clear();
  pending_ids_.clear();
  used_again_.clear();
  changed_ = false;
  // Else the batch is decided again at the time of its last command, and answers in time come too late.
  progress_ = kept_progress_;
  return timers_.load(store_);
}

storage::StoreResult<void> PartitionState::forget_old_ids() {
  const auto& days = progress_.days;
  if (days.size() <= static_cast<std::size_t>(kIdRetention.count())) return {};
  storage::StoreBatch batch;
  const auto limit = days.front();
  auto read = store_.scan(family::kIdAges, "", "", [&](std::string_view key, std::string_view) {
    const auto age = decode_timed_key(key);
    if (!age || age->at >= limit || batch.changes().size() >= kForgetAtOnce) return false;
    batch.erase(family::kIdAges, std::string(key));
    batch.erase(family::kIds, age->name);
    return true;
  });
  if (!read || batch.empty()) return read;
  return store_.write(batch);
}

}  // namespace casetrail::command
