// The events of a log that this process reads itself.
#pragma once

#include <set>
#include <utility>

#include "workers/export/event_source.h"
#include "workers/log/event_log.h"

namespace casetrail::exports {

/// One partition after the other, to the end that each has now. Strays and what an operator had passed over
/// are not handed over.
class LogEvents final : public EventSource {
 public:
  /// `log` outlives it.
  explicit LogEvents(log::EventLog& log) : log_(log) {}

  void read(const Take& take, const Progress& progress) override;

 private:
  log::EventLog& log_;
  std::int64_t done_ = 0;
  std::int64_t total_ = 0;
};

}  // namespace casetrail::exports
