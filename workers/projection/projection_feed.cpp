// Read, apply, and write as soon as the reader is drained or enough has come together.
#include "workers/projection/projection_feed.h"

#include <algorithm>
#include <set>

#include "events/wire/elapsed.h"

namespace casetrail::projection {
namespace {

/// A hundred records of twenty headers each stay in the processor's cache until they are folded.
constexpr std::size_t kReadAtOnce = 100;
constexpr std::size_t kBatchBytes = 64U << 20U;
constexpr Duration kBatchLasts = std::chrono::seconds(1);
/// While records come one by one, rows are written so often: a write costs more than the events of one.
constexpr Duration kBetweenWrites = std::chrono::milliseconds(10);
/// A partition that the log does not deliver is asked for again after this.
constexpr Duration kStartAgain = std::chrono::seconds(1);
/// How long an event may be believed whose command nobody has written.
constexpr Duration kJudgeEvery = std::chrono::milliseconds(300);
/// One that waits at a record that it cannot read looks for a quarantine after this.
constexpr Duration kLookAgain = std::chrono::seconds(2);

}  // namespace

ProjectionFeed::ProjectionFeed(log::EventLog& log, std::shared_ptr<ProjectionCopy> copy,
                               std::vector<log::Partition> mine, std::size_t batch_events)
    : log_(log),
      reader_(log.open_reader(log::Topic::events)),
      copy_(std::move(copy)),
      mine_(std::move(mine)),
      most_batch_events_(batch_events) {
  for (const auto partition : mine_) cut_off_[partition] = {};
}

void ProjectionFeed::start_those_due(Timestamp now) {
  for (auto it = cut_off_.begin(); it != cut_off_.end();) {
    auto& partition = copy_->partition(it->first);
    if (it->second > now) {
      ++it;
      continue;
    }
    const auto started = start(it->first);
    if (!started) partition.cut_off(started.error());
    if (!started || partition.health() != PartitionHealth::sound) {
      it->second = now + (started ? kLookAgain : kStartAgain);
      ++it;
      continue;
    }
    partition.cut_off(std::nullopt);
    reading_.push_back(it->first);
    it = cut_off_.erase(it);
  }
}

/// One that waits at a record that it cannot read starts when that is quarantined.
log::LogResult<void> ProjectionFeed::start(log::Partition number) {
  auto& partition = copy_->partition(number);
  if (partition.health() == PartitionHealth::blocked) quarantines_.reset();
  if (!quarantines_) {
    auto read = log::read_quarantines(log_);
    if (!read) return std::unexpected(std::move(read).error());
    quarantines_ = *std::move(read);
  }
  std::set<log::Offset> offsets;
  for (const auto& quarantine : *quarantines_) {
    if (quarantine.partition == number) offsets.insert(quarantine.offset);
  }
  partition.pass_over(std::move(offsets));
  if (partition.health() != PartitionHealth::sound) return {};
  partition.expect_judgement();
  return reader_->start(number, partition.next());
}

/// What came before the failure is kept; the others go on.
void ProjectionFeed::cut_off(const log::ReadError& error, Timestamp now) {
  auto& partition = copy_->partition(*error.partition);
  partition.write(partition.next());
  partition.cut_off(error);
  std::erase(reading_, *error.partition);
  cut_off_[*error.partition] = now + kStartAgain;
}

log::LogResult<ProjectionFeed::Reach> ProjectionFeed::step(Timestamp now, Duration wait) {
  start_those_due(now);
  const auto rest =
      has_passed(kBetweenWrites, written_at_, now) ? Duration{0} : written_at_ + kBetweenWrites - now;
  const auto records = reader_->read(kReadAtOnce, batch_since_ ? rest : wait);
  if (!records) {
    if (!records.error().partition) return std::unexpected(records.error());
    cut_off(records.error(), now);
    return Reach::behind;
  }
  for (const auto& record : *records) {
    copy_->partition(record.partition).apply(record);
    batch_bytes_ += record.message.value.size();
  }
  batch_events_ += records->size();
  if (!records->empty() && !batch_since_) batch_since_ = now;

  judge_unproven(now);

  const bool drained = records->size() < kReadAtOnce;
  const bool full = batch_events_ >= most_batch_events_ || batch_bytes_ >= kBatchBytes ||
                    (batch_since_ && has_passed(kBatchLasts, *batch_since_, now));
  const bool rested = rest == Duration{0} || records->empty();
  if ((drained && rested) || full) write(now);
  return drained ? Reach::caught_up : Reach::behind;
}

/// Not with each event: the log is asked for its ends. What it does not say now it says the next time.
void ProjectionFeed::judge_unproven(Timestamp now) {
  const auto has_unproven = [&](log::Partition partition) {
    return copy_->partition(partition).has_unproven();
  };
  if (!has_passed(kJudgeEvery, judged_at_, now) || std::ranges::none_of(reading_, has_unproven)) return;
  judged_at_ = now;
  const auto ends = log_.bounds(log::Topic::commands);
  if (!ends) return;
  for (const auto partition : reading_) {
    copy_->partition(partition).judge_unproven(ends->at(static_cast<std::size_t>(partition)).high, [&] {
      return log::first_at(log_, log::Topic::commands, partition);
    });
  }
}

void ProjectionFeed::write(Timestamp now) {
  if (batch_since_) written_at_ = now;
  for (const auto partition : reading_) copy_->partition(partition).write(reader_->position(partition));
  for (const auto partition : mine_) copy_->partition(partition).keep_if_due(now);
  std::erase_if(reading_, [&](log::Partition partition) {
    const auto health = copy_->partition(partition).health();
    if (health == PartitionHealth::sound) return false;
    reader_->stop(partition);
    if (health == PartitionHealth::blocked) cut_off_[partition] = now + kLookAgain;
    return true;
  });
  batch_events_ = 0;
  batch_bytes_ = 0;
  batch_since_.reset();
}

}  // namespace casetrail::projection
