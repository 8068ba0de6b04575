// Read, apply, and write as soon as the reader is drained or enough has come together.
#include "workers/projection/projection_feed.h"

#include <algorithm>

#include "events/elapsed.h"

namespace casetrail {
namespace {

constexpr std::size_t kReadAtOnce = 2'000;
constexpr std::size_t kBatchEvents = 50'000;
constexpr std::size_t kBatchBytes = 64U << 20U;
constexpr Duration kBatchLasts = std::chrono::seconds(1);

}  // namespace

ProjectionFeed::ProjectionFeed(EventLog& log, std::shared_ptr<ProjectionCopy> copy,
                               std::vector<Partition> mine)
    : reader_(log.open_reader(Topic::events)),
      copy_(std::move(copy)),
      mine_(std::move(mine)),
      reading_(mine_) {}

LogResult<void> ProjectionFeed::start() {
  for (const auto partition : mine_) {
    auto started = reader_->start(partition, copy_->partition(partition).next());
    if (!started) return started;
  }
  started_ = true;
  return {};
}

LogResult<ProjectionFeed::Reach> ProjectionFeed::step(Timestamp now, Duration wait) {
  if (!started_) {
    if (auto started = start(); !started) return std::unexpected(std::move(started).error());
  }
  const auto records = reader_->read(kReadAtOnce, batch_since_ ? Duration{0} : wait);
  if (!records) return std::unexpected(records.error());
  for (const auto& record : *records) {
    copy_->partition(record.partition).apply(record);
    batch_bytes_ += record.message.value.size();
  }
  batch_events_ += records->size();
  if (!records->empty() && !batch_since_) batch_since_ = now;

  const bool drained = records->size() < kReadAtOnce;
  const bool full = batch_events_ >= kBatchEvents || batch_bytes_ >= kBatchBytes ||
                    (batch_since_ && has_passed(kBatchLasts, *batch_since_, now));
  if (drained || full) write(now);
  return drained ? Reach::caught_up : Reach::behind;
}

void ProjectionFeed::write(Timestamp now) {
  if (!started_) return;
  for (const auto partition : reading_) copy_->partition(partition).write(reader_->position(partition));
  for (const auto partition : mine_) copy_->partition(partition).keep_if_due(now);
  std::erase_if(reading_, [&](Partition partition) {
    const bool stopped = copy_->partition(partition).health() != PartitionHealth::sound;
    if (stopped) reader_->stop(partition);
    return stopped;
  });
  batch_events_ = 0;
  batch_bytes_ = 0;
  batch_since_.reset();
}

}  // namespace casetrail
