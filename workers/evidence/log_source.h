// A log as a source of records.
#pragma once

#include "workers/evidence/record_source.h"

namespace casetrail::evidence {

class LogSource final : public RecordSource {
 public:
  /// `log` outlives it.
  explicit LogSource(log::EventLog& log) : log_(log) {}

  [[nodiscard]] log::LogResult<log::Partition> partitions() override { return log_.partitions(); }
  [[nodiscard]] log::LogResult<log::Bounds> bounds(log::Topic topic, log::Partition partition) override {
    return log_.bounds(topic, partition);
  }
  [[nodiscard]] log::LogResult<void> read(log::Topic topic, log::Partition partition, log::Offset from,
                                          log::Offset end, const OnRecord& on_record) override;

 private:
  log::EventLog& log_;
};

}  // namespace casetrail::evidence
