// Reads as every view does, with no group and no store.
#include "workers/export/log_events.h"

#include "events/case/case_order.h"
#include "workers/export/failure.h"
#include "workers/log/partition.h"
#include "workers/log/policy_tail.h"

namespace casetrail::exports {
namespace {

constexpr std::size_t kAtOnce = 1'000;
/// How long the log may take to hand over a record that it says it holds.
constexpr Duration kHandOverWait{10'000};

template <class T>
T must(log::LogResult<T> result) {
  if (!result) throw Failure(Trouble::unavailable, result.error().what);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

bool is_stray_here(const log::Record& record, log::Partition partitions) {
  const auto key = record.message.key.value_or("");
  const auto reading = record.message.header("casetrail-writer") ? Reading::ours : Reading::foreign;
  return is_stray(record.message, reading, record.partition, log::partition_of(key, partitions));
}

}  // namespace

void LogEvents::read(const Take& take, const Progress& progress) {
  std::set<std::pair<log::Partition, log::Offset>> passed_over;
  for (const auto& quarantine : must(log::read_quarantines(log_)))
    passed_over.emplace(quarantine.partition, quarantine.offset);
  const auto bounds = must(log_.bounds(log::Topic::events));
  done_ = total_ = 0;
  for (const auto& of : bounds) total_ += of.stable - of.low;
  const auto partitions = static_cast<log::Partition>(bounds.size());
  for (log::Partition partition = 0; partition < partitions; ++partition) {
    const auto& of = bounds[static_cast<std::size_t>(partition)];
    const auto before = done_;
    const auto reader = log_.open_reader(log::Topic::events);
    must(reader->start(partition, of.low));
    while (reader->position(partition) < of.stable) {
      const auto from = reader->position(partition);
      const auto records = reader->read(kAtOnce, kHandOverWait);
      if (!records) throw Failure(Trouble::unavailable, records.error().what);
      for (const auto& record : *records) {
        const bool is_behind = record.offset >= of.stable;
        if (!is_behind && !passed_over.contains({partition, record.offset}) &&
            !is_stray_here(record, partitions))
          take(record.message);
      }
      if (reader->position(partition) == from)
        throw Failure(Trouble::unavailable,
                      "The log does not hand over casetrail.events. Check the brokers, and export again.");
      progress(done_ = before + std::min(reader->position(partition), of.stable) - of.low, total_);
    }
  }
}

}  // namespace casetrail::exports
