// How one batch of the embedded log reaches the disk, its readers and those who asked for it, in this order.
#include "workers/log/embedded/group.h"

#include <fmt/core.h>

#include <utility>

namespace casetrail::embedded {

namespace {

constexpr std::size_t kRecordBytes = std::size_t{8} << 20U;

constexpr std::string_view kTooLarge = "The record is beyond 8 MiB; send a smaller one.";
constexpr std::string_view kNoPartition = "The topic has no such partition; create the topics.";
constexpr std::string_view kNotCurrent = "Another member has joined the group; drop its partitions.";

}  // namespace

void EmbeddedCore::Group::take(Append& job) {
  const bool known = core_.has(job.record.topic, job.partition);
  if (!known || job.record.record.size() > kRecordBytes) {
    const log::LogError refused{log::LogFailure::refused, std::string(known ? kTooLarge : kNoPartition)};
    answers_.emplace_back(
        [done = std::move(job.done), refused](const auto&) { done(std::unexpected(refused)); });
    return;
  }
  const log::Offset offset = add(job.partition, job.record);
  answers_.emplace_back([done = std::move(job.done), offset](const std::optional<log::LogError>& failed) {
    if (failed) {
      done(std::unexpected(*failed));
    } else {
      done(offset);
    }
  });
}

std::optional<log::CommitResult> EmbeddedCore::Group::objection(const Transaction& job) const {
  const auto owner = core_.epochs_.find(job.partition);
  if (owner == core_.epochs_.end() || owner->second != job.epoch) {
    return log::CommitResult{log::CommitOutcome::fenced, -1,
                             "Another writer has fenced this one; drop the partition."};
  }
  if (!core_.current(job.generation)) {
    return log::CommitResult{log::CommitOutcome::fenced, -1, std::string(kNotCurrent)};
  }
  for (const auto& written : job.records) {
    if (!core_.has(written.topic, job.partition)) {
      return log::CommitResult{log::CommitOutcome::aborted, -1, std::string(kNoPartition)};
    }
    if (written.block.largest > kRecordBytes) {
      return log::CommitResult{log::CommitOutcome::aborted, -1, std::string(kTooLarge)};
    }
  }
  return std::nullopt;
}

void EmbeddedCore::Group::take(Transaction& job) {
  if (auto result = objection(job)) {
    answers_.emplace_back(
        [done = std::move(job.done), result = *std::move(result)](const auto&) { done(result); });
    return;
  }
  log::CommitResult committed{log::CommitOutcome::committed, -1, {}};
  std::set<log::Topic> touched;
  for (const auto& written : job.records) {
    const log::Offset last = add(job.partition, written);
    touched.insert(written.topic);
    if (written.topic == log::Topic::events) committed.last_event = last;
    if (written.destroys_keys) destroyed_.insert(job.partition);
  }
  // As a broker's marker would: offsets rise, and nobody may count on more.
  for (const log::Topic topic : touched) ++core_.next_[core_.slot_of(topic, job.partition)];
  move({std::string(log::kCommandGroup), log::Topic::commands, job.partition}, job.next_command);
  answers_.emplace_back([done = std::move(job.done), committed](const std::optional<log::LogError>& failed) {
    if (!failed) return done(committed);
    const bool tried = failed->failure == log::LogFailure::unknown;
    done({tried ? log::CommitOutcome::unknown : log::CommitOutcome::aborted, -1, failed->what});
  });
}

void EmbeddedCore::Group::take(Positions& job) {
  if (!core_.current(job.generation)) {
    answers_.emplace_back([done = std::move(job.done)](const auto&) {
      done(std::unexpected(log::LogError{log::LogFailure::fenced, std::string(kNotCurrent)}));
    });
    return;
  }
  for (const auto& [partition, next] : job.positions)
    move({job.generation->group(), job.topic, partition}, next);
  answer(std::move(job.done));
}

void EmbeddedCore::Group::take(Fence& job) {
  const auto epoch = ++core_.epochs_[job.partition];
  answers_.emplace_back([done = std::move(job.done), epoch](const std::optional<log::LogError>& failed) {
    done(failed ? log::LogResult<std::uint64_t>(std::unexpected(*failed))
                : log::LogResult<std::uint64_t>(epoch));
  });
}

void EmbeddedCore::Group::take(Create& job) {
  if (core_.partitions_ == 0 && !created_) {
    created_ = job.partitions;
    rows_.puts.push_back({std::string(keys::kPartitions), keys::number(job.partitions)});
  }
  answer(std::move(job.done));
}

void EmbeddedCore::Group::take(Forget& job) {
  for (log::Partition partition = 0; partition < core_.partitions_of(job.topic); ++partition) {
    moved_[{job.group, job.topic, partition}] = std::nullopt;
  }
  answer(std::move(job.done));
}

void EmbeddedCore::Group::answer(std::function<void(log::LogResult<void>)> done) {
  answers_.emplace_back([done = std::move(done)](const std::optional<log::LogError>& failed) {
    done(failed ? log::LogResult<void>(std::unexpected(*failed)) : log::LogResult<void>());
  });
}

log::Offset EmbeddedCore::Group::add(log::Partition partition, const Encoded& record) {
  const Place place{record.topic, partition};
  const log::Offset offset = core_.next_[core_.slot_of(record.topic, partition)]++;
  BlockBuilder& block = blocks_[place];
  block.add(offset, record.timestamp, record.record);
  if (block.full()) close_block(place, block);
  return offset;
}

log::Offset EmbeddedCore::Group::add(log::Partition partition, const Written& written) {
  const Place place{written.topic, partition};
  close_block(place, blocks_[place]);
  log::Offset& next = core_.next_[core_.slot_of(written.topic, partition)];
  const log::Offset base = std::exchange(next, next + written.block.last + 1);
  put(place, base, written.block);
  return base + written.block.last;
}

void EmbeddedCore::Group::close_block(const Place& place, BlockBuilder& block) {
  if (block.empty()) return;
  const log::Offset base = block.base();
  put(place, base, block.finish());
}

void EmbeddedCore::Group::put(const Place& place, log::Offset base, const BlockBody& body) {
  rows_.puts.push_back({keys::block(place.first, place.second, base + body.last), row_of(base, body)});
}

void EmbeddedCore::Group::move(keys::GroupKey key, log::Offset next) { moved_[std::move(key)] = next; }

void EmbeddedCore::Group::finish() {
  const auto failed = write();
  if (!failed) publish();
  for (const Answer& answer : answers_) answer(failed);
}

std::optional<log::LogError> EmbeddedCore::Group::write() {
  if (auto broken = core_.failed()) return log::LogError{log::LogFailure::refused, *std::move(broken)};
  for (auto& [place, block] : blocks_) {
    close_block(place, block);
    const log::Offset next = core_.next_[core_.slot_of(place.first, place.second)];
    rows_.puts.push_back({keys::next(place.first, place.second), keys::number(next)});
  }
  for (const auto& [key, next] : moved_) {
    auto row = keys::group(key);
    if (next) {
      rows_.puts.push_back({std::move(row), keys::number(*next)});
    } else {
      rows_.erasures.push_back({row, row + '\0'});
    }
  }
  for (const auto partition : destroyed_) rows_.puts.push_back({keys::destroyed(partition), {}});
  if (rows_.puts.empty() && rows_.erasures.empty()) return std::nullopt;
  std::string reason;
  if (const auto written = core_.rows_->write(rows_); !written) reason = written.error().what;
  if (reason.empty()) {
    if (const auto marked = core_.mark(); !marked) reason = marked.error();
  }
  if (reason.empty()) return std::nullopt;
  log::LogError broken{
      log::LogFailure::unknown,
      fmt::format("The log's disk refuses to be written ({}); mend it and start again.", reason)};
  const std::lock_guard lock(core_.broken_mutex_);
  core_.broken_ = broken.what;
  return broken;
}

void EmbeddedCore::Group::publish() {
  if (created_) core_.lay_out(*created_);
  {
    const std::lock_guard lock(core_.groups_mutex_);
    for (const auto& [key, next] : moved_) {
      if (next) {
        core_.group_offsets_[key] = *next;
      } else {
        core_.group_offsets_.erase(key);
      }
    }
  }
  core_.with_destroyed_keys_.merge(destroyed_);
  std::set<log::Topic> topics;
  for (const auto& [place, block] : blocks_) {
    const auto slot = core_.slot_of(place.first, place.second);
    core_.ends_[slot].next = core_.next_[slot];
    topics.insert(place.first);
  }
  for (const log::Topic topic : topics) {
    Bell& bell = core_.bells_[static_cast<std::size_t>(topic)];
    {
      const std::lock_guard lock(bell.mutex);
      ++bell.count;
    }
    bell.rung.notify_all();
  }
}

}  // namespace casetrail::embedded
