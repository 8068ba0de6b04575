// A reader of its own each time.
#include "workers/evidence/log_source.h"

#include <chrono>

#include "workers/evidence/partition_reading.h"

namespace casetrail::evidence {
namespace {

constexpr Duration kSourcePatience = std::chrono::seconds{30};

}  // namespace

log::LogResult<void> LogSource::read(log::Topic topic, log::Partition partition, log::Offset from,
                                     log::Offset end, const OnRecord& on_record) {
  if (from >= end) return {};
  return read_partition(log_, {topic, partition, from, end}, kSourcePatience,
                        [&](std::span<const log::Record> records, log::Offset) {
                          for (const auto& record : records) {
                            if (record.offset < end) on_record(record.offset, record.message);
                          }
                        });
}

}  // namespace casetrail::evidence
