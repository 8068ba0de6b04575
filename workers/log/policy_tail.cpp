// The topic has one partition that counts: 0.
#include "workers/log/policy_tail.h"

#include <algorithm>

namespace casetrail::log {
namespace {

constexpr Partition kPartition = 0;
constexpr std::size_t kAtOnce = 100;
/// How long the log may take to hand over a record that it says it holds.
constexpr Duration kRecordWait{1'000};

}  // namespace

LogResult<void> PolicyTail::read_on(const OnRecord& on_record) {
  const auto bounds = log_.bounds(Topic::policy, kPartition);
  if (!bounds) return std::unexpected(bounds.error());
  if (!reader_) {
    auto reader = log_.open_reader(Topic::policy);
    if (auto started = reader->start(kPartition, std::max(next_, bounds->low)); !started) return started;
    reader_ = std::move(reader);
  }
  while (reader_->position(kPartition) < bounds->stable) {
    const auto before = reader_->position(kPartition);
    const auto records = reader_->read(kAtOnce, kRecordWait);
    if (!records) {
      reader_.reset();
      return std::unexpected(records.error());
    }
    for (const auto& record : *records) on_record(++records_, record.message);
    next_ = reader_->position(kPartition);
    if (next_ == before) {
      return std::unexpected(LogError{LogFailure::unavailable,
                                      "The log does not hand over casetrail.policy. Check the brokers; it is "
                                      "asked again."});
    }
  }
  return {};
}

LogResult<std::vector<Quarantine>> read_quarantines(EventLog& log) {
  std::vector<Quarantine> found;
  auto read = PolicyTail(log).read_on([&](std::int32_t, const MessageView& message) {
    if (auto quarantine = read_quarantine(message)) found.push_back(*std::move(quarantine));
  });
  if (!read) return std::unexpected(std::move(read).error());
  return found;
}

}  // namespace casetrail::log
