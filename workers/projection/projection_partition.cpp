// Decode once, fold into each view, write once.
#include "workers/projection/projection_partition.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "events/case/privacy.h"
#include "events/wire/elapsed.h"
#include "workers/log/partition.h"

namespace casetrail::projection {
namespace {

constexpr Duration kKeepEvery = std::chrono::seconds(10);
constexpr std::int64_t kKeepEvents = 200'000;
constexpr std::size_t kMostNamed = 20;

/// The newest command of which `event` shows that all events have come: a batch may end between the events of
/// one command, but they follow each other, in the order of the commands.
log::Offset whole_command(const CaseEvent& event) {
  return event.ends_command ? event.command_offset : event.command_offset - 1;
}

}  // namespace

ProjectionPartition::ProjectionPartition(log::Partition number, log::Partition partitions,
                                         storage::StoreHome& home, storage::Store& store,
                                         const ProjectionType& type, PartitionPosition position,
                                         std::vector<ClosedCase> closed)
    : number_(number),
      partitions_(partitions),
      home_(home),
      store_(store),
      position_(std::move(position)),
      cases_(store_, kCaseFamily),
      kept_events_(position_.applied),
      closed_(std::move(closed)) {
  for (std::size_t i = 0; i < type.views.size(); ++i) {
    rows_.push_back(
        std::make_unique<StoredRows>(store_, kFirstViewFamily + i, type.secret, type.bounds.cached_rows));
    views_.push_back(type.views[i]->open(*rows_.back()));
  }
  published_.position = position_;
  const auto asked = storage::is_scrub_asked(store_);
  scrub_asked_ = !asked || *asked;
}

void ProjectionPartition::apply(const log::Record& record) {
  // A record that a client hands over twice is no event that came twice.
  if (health_ != PartitionHealth::sound || record.offset < position_.next) return;
  if (snapshot_at_ && record.offset >= *snapshot_at_) {
    pending_ = true;
    write(*snapshot_at_);
  }
  if (!pending_) {
    pending_ = true;
    const std::scoped_lock lock(mutex_);
    published_.first_unapplied_at = record.message.timestamp;
  }
  last_at_ = record.message.timestamp;
  fold(record);
  if (covers_) covers_ = std::max(*covers_, last_at_);
}

void ProjectionPartition::fold(const log::Record& record) {
  if (quarantined_.contains(record.offset)) {
    ++damage().quarantined;
    position_.next = record.offset + 1;
    return;
  }
  const auto read = read_event(record.message, event_);
  const auto belongs_in = log::partition_of(record.message.key.value_or(""), partitions_);
  if (is_stray(record.message, read.reading, number_, belongs_in))
    return pass_over_stray(record.offset, why_stray(record.message, belongs_in));
  storage::StoreResult<void> taken;
  switch (read.reading) {
    case Reading::newer:
      stop(PartitionHealth::blocked,
           fmt::format(
               "offset {}: {} If nobody needs that record: casetrail events quarantine {} {} --reason …",
               record.offset, read.reason, number_, record.offset));
      position_.next = std::max(position_.next, record.offset);
      return;
    case Reading::foreign: ++position_.foreign; break;
    case Reading::damaged:
      ++position_.damaged;
      taken = close_case(closed_by(record.message), read.reason);
      break;
    case Reading::ours:
      if (begins_nothing(step_of(event_)))
        return pass_over_stray(record.offset, why_begins_nothing(event_.case_id));
      taken = take_event(record.offset);
      break;
  }
  if (!taken) return stop(PartitionHealth::broken, taken.error().what);
  position_.next = record.offset + 1;
}

void ProjectionPartition::pass_over_stray(log::Offset offset, std::string_view why) {
  auto& strays = damage().strays;
  if (!strays) strays.emplace().first = fmt::format("the first at offset {}: {}", offset, why);
  ++strays->count;
  position_.next = offset + 1;
}

storage::StoreResult<void> ProjectionPartition::take_event(log::Offset offset) {
  const auto taken = cases_.take(event_.case_id, step_of(event_));
  if (!taken) return std::unexpected(taken.error());
  switch (taken->turn) {
    case CaseTurn::closed: ++damage().ignored; return {};
    case CaseTurn::closes:
      ++(event_.seq > taken->before.last_seq + 1 ? position_.gaps : position_.repeats);
      name_closed(event_.case_id, why_closed(taken->before, step_of(event_)));
      return {};
    case CaseTurn::next: break;
  }
  event_.log_offset = offset;
  for (const auto& view : views_) view->apply(event_);
  if (event_.event.get_if<CustomerErased>() != nullptr) {
    scrub_asked_ = true;
    ++erasures_;
  }
  ++position_.applied;
  position_.newest_at = std::max(position_.newest_at.value_or(event_.occurred_at), event_.occurred_at);
  position_.last_offset = offset;
  // Events are recorded one after the other: what came before this one is not newer.
  covers_ = std::max(covers_.value_or(event_.recorded_at), event_.recorded_at);
  // Never the highest: an offset that somebody made up would stay it for good.
  if (event_.command_offset >= 0) position_.last_command = whole_command(event_);
  note_command();
  last_case_.value = event_.case_id.value;
  last_seq_ = event_.seq;
  return {};
}

void ProjectionPartition::note_command() {
  if (!commands_end_ || event_.command_offset < *commands_end_) return;
  unproven_.push_back({event_.case_id, step_of(event_), event_.recorded_at});
}

void ProjectionPartition::judge_unproven(log::Offset end,
                                         const std::function<std::optional<Timestamp>()>& since) {
  commands_end_ = end;
  auto unwritten = std::exchange(unproven_, {});
  std::erase_if(unwritten, [&](const Unproven& event) { return event.step.command_offset < end; });
  if (unwritten.empty() || health_ == PartitionHealth::broken) return;
  const auto kept_since = since();
  for (const auto& [case_id, step, recorded_at] : unwritten) {
    if (!kept_since || recorded_at < *kept_since) continue;
    if (auto closed = close_case(case_id, why_unwritten(step)); !closed)
      return stop(PartitionHealth::broken, closed.error().what);
    pending_ = true;
  }
}

storage::StoreResult<void> ProjectionPartition::close_case(const CaseId& case_id, const std::string& why) {
  if (case_id.value.empty()) return {};
  const auto closed = cases_.close(case_id);
  if (!closed) return std::unexpected(closed.error());
  if (*closed) name_closed(case_id, why);
  return {};
}

void ProjectionPartition::name_closed(const CaseId& case_id, const std::string& why) {
  auto& found = damage();
  ++found.closed_cases;
  if (found.named.size() < kMostNamed) found.named.push_back({case_id, why});
  newly_closed_.push_back({case_id, why});
}

StreamDamage& ProjectionPartition::damage() {
  return position_.damage ? *position_.damage : position_.damage.emplace();
}

void ProjectionPartition::pass_over(std::set<log::Offset> quarantined) {
  quarantined_ = std::move(quarantined);
  if (health_ != PartitionHealth::blocked || !quarantined_.contains(position_.next)) return;
  health_ = PartitionHealth::sound;
  const std::scoped_lock lock(mutex_);
  published_.health = health_;
  published_.stopped.clear();
}

bool ProjectionPartition::write(log::Offset position) {
  if (health_ == PartitionHealth::broken) return false;
  const bool moved = health_ == PartitionHealth::sound && position > position_.next;
  if (moved) position_.next = position;
  const bool changed = pending_ || moved;
  if (changed) {
    batch_.clear();
    for (std::size_t i = 0; i < views_.size(); ++i) {
      views_[i]->write_changes([&](std::string_view key, std::optional<std::string_view> value) {
        if (value) return batch_.put(kFirstViewFamily + i, std::string(key), std::string(*value));
        batch_.erase(kFirstViewFamily + i, std::string(key));
      });
    }
    if (auto failure = failed_read()) {
      stop(PartitionHealth::broken, failure->what);
      return false;
    }
    cases_.write_changes(batch_);
    if (last_seq_ > 0) position_.last_event_id = event_id(last_case_, last_seq_);
    put_position(batch_, position_);
    if (scrub_asked_) storage::ask_scrub(batch_);
    if (auto written = store_.write(batch_); !written) {
      stop(PartitionHealth::broken, written.error().what);
      return false;
    }
    pending_ = false;
    unkept_ = true;
    publish();
  }
  if (snapshot_at_ && position_.next >= *snapshot_at_) {
    snapshot_ = store_.snapshot();
    snapshot_at_.reset();
  }
  return changed;
}

void ProjectionPartition::keep_if_due(Timestamp now) {
  if (health_ == PartitionHealth::broken) return;
  if (keeping_) return finish_keeping(now);
  if (!kept_at_) kept_at_ = now - phase_of(number_, kKeepEvery);
  if (!has_passed(kKeepEvery, *kept_at_, now) && position_.applied - kept_events_ < kKeepEvents) return;
  kept_at_ = now;
  if (scrub_asked_ && !pending_) return scrub();
  if (!unkept_ || pending_) return;
  if (auto started = home_.start_checkpoint(); !started)
    return stop(PartitionHealth::broken, started.error().what);
  kept_events_ = position_.applied;
  unkept_ = false;
  keeping_ = true;
}

void ProjectionPartition::finish_keeping(Timestamp now) {
  const auto kept = home_.finish_checkpoint();
  if (!kept) return stop(PartitionHealth::broken, kept.error().what);
  keeping_ = !*kept;
  if (*kept) keep_for_later(now);
}

/// Without such a copy a board of the past takes longer, and nothing else suffers.
void ProjectionPartition::keep_for_later(Timestamp now) {
  if (!covers_) return;
  const auto kept = home_.keep_for_later(*covers_, now);
  const std::scoped_lock lock(mutex_);
  if (kept)
    published_.kept_for_later = *kept;
  else
    ++published_.failed_to_keep;
}

void ProjectionPartition::scrub() {
  if (auto gone = storage::scrub(home_, store_); !gone)
    return stop(PartitionHealth::broken, gone.error().what);
  scrub_asked_ = false;
  unkept_ = true;
}

bool ProjectionPartition::keep() {
  if (health_ == PartitionHealth::broken) return false;
  if (auto kept = home_.checkpoint(); !kept) {
    stop(PartitionHealth::broken, kept.error().what);
    return false;
  }
  kept_events_ = position_.applied;
  unkept_ = false;
  keeping_ = false;
  return true;
}

void ProjectionPartition::snapshot_at(log::Offset offset) {
  snapshot_at_ = offset;
  if (!pending_ && position_.next >= offset) write(position_.next);
}

void ProjectionPartition::found_damaged(const std::string& reason) {
  const std::scoped_lock lock(mutex_);
  damage_ = fmt::format("Partition {}, {}", number_, reason);
}

PartitionProgress ProjectionPartition::progress() const {
  const std::scoped_lock lock(mutex_);
  auto progress = published_;
  if (progress.health == PartitionHealth::sound && !damage_.empty()) {
    progress.health = PartitionHealth::broken;
    progress.stopped = damage_;
  }
  return progress;
}

std::vector<ClosedCase> ProjectionPartition::closed_cases() const {
  const std::scoped_lock lock(mutex_);
  return closed_;
}

std::vector<ClosedCase> ProjectionPartition::take_newly_closed() {
  const std::scoped_lock lock(mutex_);
  const auto from = std::exchange(taken_closed_, closed_.size());
  return {closed_.begin() + static_cast<std::ptrdiff_t>(from), closed_.end()};
}

void ProjectionPartition::cut_off(const std::optional<log::LogError>& why) {
  if (health_ != PartitionHealth::sound) return;
  const std::scoped_lock lock(mutex_);
  published_.health = PartitionHealth::sound;
  published_.stopped.clear();
  if (!why) return;
  const bool lasting =
      why->failure == log::LogFailure::refused || why->failure == log::LogFailure::out_of_range;
  published_.health = lasting ? PartitionHealth::unreadable : PartitionHealth::cut_off;
  published_.stopped = fmt::format("Partition {}: {}", number_, why->what);
}

void ProjectionPartition::stop(PartitionHealth health, const std::string& reason) {
  health_ = health;
  const std::scoped_lock lock(mutex_);
  published_.health = health;
  published_.stopped = fmt::format("Partition {}, {}", number_, reason);
}

void ProjectionPartition::publish() {
  const std::scoped_lock lock(mutex_);
  published_.position = position_;
  published_.erasures = erasures_;
  std::ranges::move(std::exchange(newly_closed_, {}), std::back_inserter(closed_));
  if (last_at_ != Timestamp{} && health_ == PartitionHealth::sound) published_.first_unapplied_at = last_at_;
}

std::optional<storage::StoreError> ProjectionPartition::failed_read() const {
  for (const auto& rows : rows_) {
    if (rows->failure()) return rows->failure();
  }
  return std::nullopt;
}

}  // namespace casetrail::projection
