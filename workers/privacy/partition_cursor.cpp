// A read that brings nothing is none at the end: markers and aborted records may lie there.
#include "workers/privacy/partition_cursor.h"

#include <fmt/format.h>

#include "events/wire/reflect.h"

namespace casetrail::privacy {
namespace {

constexpr std::size_t kRecordsOfARead = 1'000;
/// A marker that is passed over ends no wait, so it is short; so many in vain are a failure.
constexpr Duration kReadWait{20};
constexpr int kMostReadsInVain = 500;

}  // namespace

PartitionCursor::PartitionCursor(log::EventLog& log, log::Topic topic, log::Partition partition,
                                 log::Offset from, log::Offset end)
    : reader_(log.open_reader(topic)), topic_(topic), partition_(partition), from_(from), end_(end) {}

log::LogResult<const log::Record*> PartitionCursor::next() {
  if (!started_) {
    if (auto started = reader_->start(partition_, from_); !started)
      return std::unexpected(std::move(started).error());
    started_ = true;
  }
  for (int in_vain = 0; at_ == records_.size(); ++in_vain) {
    if (reader_->position(partition_) >= end_) return nullptr;
    if (in_vain == kMostReadsInVain) {
      return std::unexpected(log::LogError{
          log::LogFailure::unavailable,
          fmt::format("The log does not hand over offset {} of {}/{}. Check the brokers, and try again.",
                      reader_->position(partition_), name_of(topic_), partition_)});
    }
    const auto records = reader_->read(kRecordsOfARead, kReadWait);
    if (!records) return std::unexpected(log::LogError(records.error()));
    records_ = *records;
    at_ = 0;
  }
  const auto* record = &records_[at_++];
  return record->offset < end_ ? record : nullptr;
}

}  // namespace casetrail::privacy
