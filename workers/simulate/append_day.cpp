// Appends with many in flight; the log keeps the order within a partition.
#include "workers/simulate/append_day.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

namespace casetrail {
namespace {

constexpr std::size_t kMostInFlight = 1024;

/// Told by the log's threads, asked by this one.
class Answers {
 public:
  void note(LogResult<Offset> answer) {
    const std::lock_guard lock(mutex_);
    ++count_;
    if (!answer && !error_) error_ = std::move(answer.error());
    changed_.notify_one();
  }

  /// Waits until `count` are answered, or one failed.
  std::optional<LogError> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return count_ >= count || error_; });
    return error_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t count_ = 0;
  std::optional<LogError> error_;
};

}  // namespace

LogResult<void> append_day(EventLog& log, std::span<const TimedCommand> commands,
                           const std::function<void(std::size_t)>& on_progress) {
  const auto answers = std::make_shared<Answers>();
  std::size_t sent = 0;
  for (const auto& command : commands) {
    auto message = write_command(command.envelope);
    const auto partition = partition_of(message.key, log.partitions());
    log.append(Topic::commands, partition, std::move(message),
               [answers](LogResult<Offset> answer) { answers->note(std::move(answer)); });
    if (++sent % kMostInFlight != 0) continue;
    if (auto error = answers->wait_for(sent - kMostInFlight / 2)) return std::unexpected(std::move(*error));
    if (on_progress) on_progress(sent - kMostInFlight / 2);
  }
  if (auto error = answers->wait_for(sent)) return std::unexpected(std::move(*error));
  if (on_progress) on_progress(sent);
  return {};
}

}  // namespace casetrail
