// A reader of its own each time.
#include "workers/evidence/partition_reading.h"

#include <fmt/format.h>

#include "events/wire/reflect.h"

namespace casetrail::evidence {
namespace {

constexpr Duration kWait{100};
constexpr std::size_t kRecords = 1'000;

}  // namespace

log::LogResult<void> read_partition(log::EventLog& log, const Stretch& stretch, Duration patience,
                                    const OnRecords& on_records) {
  const auto& [topic, partition, from, end] = stretch;
  const auto reader = log.open_reader(topic);
  if (auto started = reader->start(partition, from); !started) return started;
  Duration waited{0};
  while (reader->position(partition) < end) {
    const auto records = reader->read(kRecords, kWait);
    if (!records) return std::unexpected(log::LogError(records.error()));
    waited = records->empty() ? waited + kWait : Duration{0};
    if (waited >= patience) {
      return std::unexpected(log::LogError{
          log::LogFailure::unavailable, fmt::format("{}/{} cannot be read behind offset {}; try again.",
                                                    name_of(topic), partition, reader->position(partition))});
    }
    on_records(*records, reader->position(partition));
  }
  return {};
}

}  // namespace casetrail::evidence
