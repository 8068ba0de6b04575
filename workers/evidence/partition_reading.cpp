// A reader of its own each time.
#include "workers/evidence/partition_reading.h"

#include <fmt/format.h>

namespace casetrail::evidence {
namespace {

constexpr Duration kWait{100};
constexpr std::size_t kRecords = 1'000;

}  // namespace

log::LogResult<void> read_partition(log::EventLog& log, log::Partition partition, log::Offset from,
                                    log::Offset end, Duration patience, const OnRecords& on_records) {
  const auto reader = log.open_reader(log::Topic::events);
  if (auto started = reader->start(partition, from); !started) return started;
  Duration waited{0};
  while (reader->position(partition) < end) {
    const auto records = reader->read(kRecords, kWait);
    if (!records) return std::unexpected(log::LogError(records.error()));
    waited = records->empty() ? waited + kWait : Duration{0};
    if (waited >= patience) {
      return std::unexpected(
          log::LogError{log::LogFailure::unavailable,
                        fmt::format("Partition {} of the events cannot be read behind offset {}; try again.",
                                    partition, reader->position(partition))});
    }
    on_records(*records, reader->position(partition));
  }
  return {};
}

}  // namespace casetrail::evidence
