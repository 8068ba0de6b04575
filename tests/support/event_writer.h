// The writer of partition 0 of a log, and what a reader gets of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "events/case/case_event.h"
#include "tests/support/must.h"
#include "workers/log/event_log.h"

namespace casetrail {

/// Takes the partition over when it is made.
class EventWriter {
 public:
  explicit EventWriter(log::EventLog& log)
      : member_(must(log.join(std::string(log::kCommandGroup), log::Topic::commands, "writer"))),
        writer_(log.open_writer(0)) {
    bool is_assigned = false;
    for (int polls = 0; polls < 600 && !is_assigned; ++polls) {
      const auto change = must(member_->poll(Duration{100}));
      if (change) member_->acknowledge(*change);
      is_assigned = change && change->kind == log::Membership::ChangeKind::assigned;
    }
    must(writer_->fence());
  }

  log::CommitOutcome commit(const std::vector<CaseEvent>& events) {
    std::vector<log::Outgoing> records;
    for (const auto& event : events) records.push_back({log::Topic::events, write_event(event)});
    return commit(records);
  }
  log::CommitOutcome commit(const std::vector<log::Outgoing>& records) {
    return writer_->commit(records, next_++, member_->generation()).outcome;
  }

  [[nodiscard]] log::PartitionWriter& writer() { return *writer_; }

 private:
  std::unique_ptr<log::Membership> member_;
  std::unique_ptr<log::PartitionWriter> writer_;
  log::Offset next_ = 0;
};

}  // namespace casetrail
