// An embedded log as a source of records, beside whoever writes it.
#pragma once

#include <utility>

#include "workers/evidence/record_source.h"
#include "workers/log/embedded/look.h"

namespace casetrail::cli {

class LookedAt final : public evidence::RecordSource {
 public:
  explicit LookedAt(embedded::LogLook look) : look_(std::move(look)) {}

  log::LogResult<log::Partition> partitions() override { return look_.partitions(); }
  log::LogResult<log::Bounds> bounds(log::Topic topic, log::Partition partition) override {
    return look_.bounds(topic, partition);
  }
  log::LogResult<void> read(log::Topic topic, log::Partition partition, log::Offset from, log::Offset end,
                            const OnRecord& on_record) override {
    return look_.read(topic, partition, from, end, on_record);
  }

 private:
  embedded::LogLook look_;
};

}  // namespace casetrail::cli
