// What every log does alike.
#include "workers/log/event_log.h"

#include <future>

namespace casetrail::log {
namespace {

constexpr Duration kFirstRecordWait = std::chrono::seconds(1);

}  // namespace

LogResult<void> EventLog::checkpoint(const std::filesystem::path& /*folder*/) {
  return std::unexpected(
      LogError{LogFailure::refused, "This log is not kept here: copy it with the tools of who keeps it."});
}

std::optional<std::string> EventLog::cannot_forget(Partition /*partition*/) {
  return "its personal texts lie in the open. Only a log that is sealed from its first event on can forget: "
         "start a new one with casetrail serve --master-key FILE";
}

LogResult<Bounds> bounds_of(EventLog& log, const LogResult<std::vector<Bounds>>& all, Topic topic,
                            Partition partition) {
  const auto index = static_cast<std::size_t>(partition);
  return all && index < all->size() ? LogResult<Bounds>(all->at(index)) : log.bounds(topic, partition);
}

std::optional<Timestamp> first_at(EventLog& log, Topic topic, Partition partition) {
  const auto bounds = log.bounds(topic, partition);
  if (!bounds || bounds->low >= bounds->stable) return std::nullopt;
  const auto reader = log.open_reader(topic);
  if (!reader->start(partition, bounds->low)) return std::nullopt;
  const auto records = reader->read(1, kFirstRecordWait);
  if (!records || records->empty()) return std::nullopt;
  return records->front().message.timestamp;
}

LogResult<Offset> append_and_wait(EventLog& log, Topic topic, Partition partition, Message message) {
  // Shared, because this thread may be through before the answering one has left `set_value`.
  const auto answer = std::make_shared<std::promise<LogResult<Offset>>>();
  auto answered = answer->get_future();
  log.append(topic, partition, std::move(message),
             [answer](LogResult<Offset> offset) { answer->set_value(std::move(offset)); });
  return answered.get();
}

}  // namespace casetrail::log
