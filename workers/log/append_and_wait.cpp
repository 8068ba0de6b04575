// One append for callers that have nothing else to do meanwhile.
#include <future>

#include "workers/log/event_log.h"

namespace casetrail {

LogResult<Offset> append_and_wait(EventLog& log, Topic topic, Partition partition, Message message) {
  // Shared, because this thread may be through before the answering one has left `set_value`.
  const auto answer = std::make_shared<std::promise<LogResult<Offset>>>();
  auto answered = answer->get_future();
  log.append(topic, partition, std::move(message),
             [answer](LogResult<Offset> offset) { answer->set_value(std::move(offset)); });
  return answered.get();
}

}  // namespace casetrail
