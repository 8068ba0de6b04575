// Reads casetrail.policy to the end that it has now: its policies, and what was quarantined.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "events/wire/quarantine.h"
#include "workers/log/event_log.h"

namespace casetrail::log {

/// Belongs to one thread. `log` outlives it.
class PolicyTail {
 public:
  /// `version` counts the records of the topic from 1, whatever they hold: a policy goes by its own.
  using OnRecord = std::function<void(std::int32_t version, const MessageView&)>;

  explicit PolicyTail(EventLog& log) : log_(log) {}

  /// Hands over what came since the last call, in order. After a failure the next call goes on there.
  [[nodiscard]] LogResult<void> read_on(const OnRecord& on_record);

 private:
  EventLog& log_;
  std::unique_ptr<Reader> reader_;
  Offset next_ = 0;
  std::int32_t records_ = 0;
};

/// The records of casetrail.events that every reader passes over.
[[nodiscard]] LogResult<std::vector<Quarantine>> read_quarantines(EventLog& log);

}  // namespace casetrail::log
