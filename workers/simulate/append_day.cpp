// Appends with many in flight; the log keeps the order within a partition.
#include "workers/simulate/append_day.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

#include "workers/log/partition.h"

namespace casetrail::simulate {
namespace {

constexpr std::size_t kMostInFlight = 1024;

/// Told by the log's threads, asked by this one.
class Answers {
 public:
  void note(log::Partition partition, const log::LogResult<log::Offset>& answer) {
    const std::lock_guard lock(mutex_);
    ++count_;
    if (answer) last_[partition] = std::max(last_[partition], *answer);
    if (!answer && !error_) error_ = answer.error();
    changed_.notify_one();
  }

  /// Waits until `count` are answered, or one failed.
  std::optional<log::LogError> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return count_ >= count || error_; });
    return error_;
  }

  std::map<log::Partition, log::Offset> last() {
    const std::lock_guard lock(mutex_);
    return last_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t count_ = 0;
  std::map<log::Partition, log::Offset> last_;
  std::optional<log::LogError> error_;
};

/// So far behind the end of a partition its newest time is looked for.
constexpr log::Offset kTail = 1000;
constexpr auto kPatience = std::chrono::milliseconds{100};
constexpr int kMostEmptyReads = 100;

/// The newest time among the last commands of `partition`; the distant past when there are none.
log::LogResult<Timestamp> newest_time(log::EventLog& log, log::Partition partition) {
  const auto bounds = log.bounds(log::Topic::commands, partition);
  if (!bounds) return std::unexpected(bounds.error());
  auto newest = Timestamp::min();
  if (bounds->low >= bounds->stable) return newest;
  const auto reader = log.open_reader(log::Topic::commands);
  const auto from = std::max(bounds->low, bounds->stable - kTail);
  if (auto started = reader->start(partition, from); !started)
    return std::unexpected(std::move(started.error()));
  for (int empty = 0; reader->position(partition) < bounds->stable && empty < kMostEmptyReads;) {
    const auto records = reader->read(static_cast<std::size_t>(kTail), kPatience);
    if (!records) return std::unexpected(records.error());
    if (records->empty()) ++empty;
    for (const auto& record : *records) newest = std::max(newest, record.message.timestamp);
  }
  return newest;
}

log::LogResult<void> check_nothing_is_later(log::EventLog& log, Timestamp beginning) {
  for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
    const auto newest = newest_time(log, partition);
    if (!newest) return std::unexpected(newest.error());
    if (*newest <= beginning) continue;
    return std::unexpected(log::LogError{
        log::LogFailure::refused,
        fmt::format(
            "Expected a log without commands after {}, when the day begins, but partition {} has one of {}. "
            "Simulate into a fresh --data folder, or into fresh topics.",
            to_wire(beginning), partition, to_wire(*newest))});
  }
  return {};
}

}  // namespace

log::LogResult<std::map<log::Partition, log::Offset>> append_day(
    log::EventLog& log, std::span<const TimedCommand> commands,
    const std::function<void(std::size_t)>& on_progress) {
  if (commands.empty()) return std::map<log::Partition, log::Offset>{};
  if (auto checked = check_nothing_is_later(log, commands.front().envelope.occurred_at); !checked)
    return std::unexpected(std::move(checked).error());
  const auto answers = std::make_shared<Answers>();
  std::size_t sent = 0;
  for (const auto& command : commands) {
    auto message = write_command(command.envelope);
    const auto partition = log::partition_of(message.key, log.partitions());
    log.append(
        log::Topic::commands, partition, std::move(message),
        [answers, partition](log::LogResult<log::Offset> answer) { answers->note(partition, answer); });
    if (++sent % kMostInFlight != 0) continue;
    if (auto error = answers->wait_for(sent - kMostInFlight / 2)) return std::unexpected(std::move(*error));
    if (on_progress) on_progress(sent - kMostInFlight / 2);
  }
  if (auto error = answers->wait_for(sent)) return std::unexpected(std::move(*error));
  if (on_progress) on_progress(sent);
  return answers->last();
}

}  // namespace casetrail::simulate
