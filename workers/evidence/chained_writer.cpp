// The head moves when a commit is known to be one: what is decided again is linked again.
#include "workers/evidence/chained_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <thread>
#include <utility>

#include "events/wire/cloud_event.h"

namespace casetrail::evidence {
namespace {

constexpr Duration kReadWait{100};
constexpr int kReads = 100;
constexpr std::size_t kRecordsPerRead = 1'000;

bool is_linked(const log::Outgoing& record) {
  return record.topic == log::Topic::events &&
         std::ranges::any_of(record.message.headers,
                             [](const HeaderView& header) { return header.name == kWriterHeader; });
}

log::LogError open_for_too_long(log::Partition partition) {
  return {
      log::LogFailure::unavailable,
      fmt::format("A transaction on partition {} of the events is open, and its end has to be known first.",
                  partition)};
}

/// What the partition holds once nothing in it is undecided.
log::LogResult<log::Bounds> settled_bounds(log::EventLog& log, log::Partition partition) {
  for (int i = 0; i < kReads; ++i) {
    auto bounds = log.bounds(log::Topic::events, partition);
    if (!bounds || bounds->stable == bounds->high) return bounds;
    std::this_thread::sleep_for(kReadWait);
  }
  return std::unexpected(open_for_too_long(partition));
}

/// The link of the last record of ours at or behind `from`; nothing when there is none.
log::LogResult<std::optional<Link>> last_link_from(log::EventLog& log, log::Partition partition,
                                                   log::Offset from, log::Offset end) {
  const auto reader = log.open_reader(log::Topic::events);
  if (auto started = reader->start(partition, from); !started)
    return std::unexpected(std::move(started).error());
  std::optional<Link> last;
  for (int i = 0; reader->position(partition) < end; ++i) {
    if (i == kReads) return std::unexpected(open_for_too_long(partition));
    const auto records = reader->read(kRecordsPerRead, kReadWait);
    if (!records) return std::unexpected(log::LogError(records.error()));
    if (!records->empty()) i = 0;
    for (const auto& record : *records) {
      if (is_ours(record.message)) last = link_of(record.message).value_or(Link{});
    }
  }
  return last;
}

}  // namespace

log::LogResult<Link> last_link(log::EventLog& log, log::Partition partition) {
  const auto bounds = settled_bounds(log, partition);
  if (!bounds) return std::unexpected(bounds.error());
  for (log::Offset back = 4; bounds->low < bounds->stable; back *= 8) {
    const auto from = std::max(bounds->low, bounds->stable - back);
    auto last = last_link_from(log, partition, from, bounds->stable);
    if (!last) return std::unexpected(std::move(last).error());
    if (*last) return **std::move(last);
    if (from == bounds->low) break;
  }
  return Link{};
}

log::Promised<log::LogResult<void>> ChainedWriter::start_fence() {
  head_.reset();
  return std::async(std::launch::async, [this, answer = inner_->start_fence()]() mutable {
    auto fenced = answer.get();
    if (!fenced) return fenced;
    auto last = last_link(log_, partition_);
    if (!last) return log::LogResult<void>(std::unexpected(std::move(last).error()));
    head_ = *std::move(last);
    return fenced;
  });
}

log::Promised<log::CommitResult> ChainedWriter::start_commit(
    std::span<const log::Outgoing> records, log::Offset next_command,
    const std::shared_ptr<const log::Generation>& generation) {
  if (std::ranges::none_of(records, is_linked))
    return inner_->start_commit(records, next_command, generation);
  auto head = head_.value_or(Link{});
  chained_.assign(records.begin(), records.end());
  for (auto& record : chained_) {
    if (!is_linked(record)) continue;
    head = next_link(head, record.message);
    record.message.headers.add(kLinkHeader, to_text(head));
  }
  return std::async(std::launch::deferred,
                    [this, head = std::move(head),
                     answer = inner_->start_commit(chained_, next_command, generation)]() mutable {
                      auto result = answer.get();
                      if (result.outcome == log::CommitOutcome::committed) head_ = std::move(head);
                      return result;
                    });
}

}  // namespace casetrail::evidence
