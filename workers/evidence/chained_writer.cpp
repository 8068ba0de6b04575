// The head moves when a commit is known to be one: what is decided again is linked again.
#include "workers/evidence/chained_writer.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <utility>

#include "events/wire/cloud_event.h"
#include "workers/evidence/partition_reading.h"

namespace casetrail::evidence {
namespace {

constexpr Duration kLinkPatience = std::chrono::seconds{5};
/// Behind so many offsets without a link there is none: the log is older than its chain.
constexpr log::Offset kFarthest = 100'000;

bool is_linked(const log::Outgoing& record) {
  if (record.topic != log::Topic::events) return false;
  for (const auto& header : record.message.headers) {
    if (header.name == kWriterHeader) return true;
  }
  return false;
}

/// The last link at or behind `from`; nothing when there is none.
log::LogResult<std::optional<Link>> last_link_from(log::EventLog& log, log::Partition partition,
                                                   log::Offset from, log::Offset end) {
  std::optional<Link> last;
  auto read = read_partition(log, {log::Topic::events, partition, from, end}, kLinkPatience,
                             [&](std::span<const log::Record> records, log::Offset) {
                               for (const auto& record : records) {
                                 if (!is_ours(record.message)) continue;
                                 if (auto link = link_of(record.message)) last = std::move(link);
                               }
                             });
  if (!read) return std::unexpected(std::move(read).error());
  return last;
}

}  // namespace

log::LogResult<Link> last_link(log::EventLog& log, log::Partition partition) {
  const auto bounds = log.bounds(log::Topic::events, partition);
  if (!bounds) return std::unexpected(bounds.error());
  for (log::Offset back = 8; bounds->low < bounds->stable; back *= 8) {
    const auto from = std::max(bounds->low, bounds->stable - back);
    auto last = last_link_from(log, partition, from, bounds->stable);
    if (!last) return std::unexpected(std::move(last).error());
    if (*last) return **std::move(last);
    if (from == bounds->low || back > kFarthest) break;
  }
  return Link{};
}

log::Promised<log::LogResult<void>> ChainedWriter::start_fence() {
  head_.reset();
  return inner_->start_fence();
}

log::Promised<log::CommitResult> ChainedWriter::start_commit(
    std::vector<log::Outgoing>& records, log::Offset next_command,
    const std::shared_ptr<const log::Generation>& generation) {
  if (std::ranges::none_of(records, is_linked))
    return inner_->start_commit(records, next_command, generation);
  if (!head_) {
    auto last = last_link(log_, partition_);
    if (!last)
      return log::answered(log::CommitResult{log::CommitOutcome::aborted, -1, std::move(last).error().what});
    head_ = *std::move(last);
  }
  auto head = *head_;
  for (auto& record : records) {
    if (!is_linked(record)) continue;
    head = next_link(head, record.message);
    record.message.headers.add(kLinkHeader, to_text(head));
  }
  return std::async(std::launch::deferred,
                    [this, head = std::move(head),
                     answer = inner_->start_commit(records, next_command, generation)]() mutable {
                      auto result = answer.get();
                      if (result.outcome == log::CommitOutcome::committed) {
                        head_ = std::move(head);
                        if (keeper_ != nullptr) keeper_->moved(partition_, *head_, result.last_event);
                      }
                      return result;
                    });
}

}  // namespace casetrail::evidence
