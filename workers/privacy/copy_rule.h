// What of an event comes into the copy of its log: the same for who copies and for who compares.
#pragma once

#include <set>
#include <utility>

#include "events/case/case_event.h"
#include "workers/log/event_log.h"

namespace casetrail::privacy {

/// What becomes of a record of casetrail.events.
enum class Fate {
  copied,  ///< all of it but its link: the copy has a chain of its own
  placed,  ///< its key and its time: an operator quarantined it, and a quarantine needs what it names
  left,    ///< nothing: it is of somebody else, and every reader passes it over
};

/// Of one log, whose quarantines it knows.
class CopyRule {
 public:
  [[nodiscard]] static log::LogResult<CopyRule> of(log::EventLog& log);

  /// `refused`: it is ours and cannot be read, so that nobody can tell what in it is personal.
  [[nodiscard]] log::LogResult<Fate> fate_of(const log::Record& record);

 private:
  std::set<std::pair<log::Partition, log::Offset>> quarantined_;
  CaseEvent event_;
};

/// A record as it comes into the copy.
[[nodiscard]] Message copied(const MessageView& record);
[[nodiscard]] Message placed(const MessageView& record);

}  // namespace casetrail::privacy
