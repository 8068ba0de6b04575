// One partition after the other.
#include "workers/evidence/check_log.h"

#include <chrono>
#include <utility>

#include "workers/evidence/partition_reading.h"

namespace casetrail::evidence {
namespace {

constexpr Duration kCheckPatience = std::chrono::seconds{30};

std::int64_t records_in(const std::vector<log::Bounds>& all) {
  std::int64_t total = 0;
  for (const auto& bounds : all) total += bounds.stable - bounds.low;
  return total;
}

}  // namespace

log::LogResult<std::vector<ChainCheck>> check_log(log::EventLog& log, KnownHeads& known,
                                                  const OnChecked& on_progress) {
  const auto heads = log.bounds(log::Topic::evidence);
  if (!heads) return std::unexpected(heads.error());
  const auto events = log.bounds(log::Topic::events);
  if (!events) return std::unexpected(events.error());
  const auto total = records_in(*heads) + records_in(*events);
  std::int64_t done = 0;
  const auto read = [&](log::Topic topic, const std::vector<log::Bounds>& all,
                        const auto& take) -> log::LogResult<void> {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& bounds = all[i];
      const auto partition = static_cast<log::Partition>(i);
      auto checked = read_partition(log, {topic, partition, bounds.low, bounds.stable}, kCheckPatience,
                                    [&](std::span<const log::Record> records, log::Offset position) {
                                      for (const auto& record : records) take(partition, record);
                                      on_progress(done + position - bounds.low, total);
                                    });
      if (!checked) return checked;
      done += bounds.stable - bounds.low;
    }
    return {};
  };
  auto known_now =
      read(log::Topic::evidence, *heads, [&](log::Partition partition, const log::Record& record) {
        known.take(partition, record.offset, record.message);
      });
  if (!known_now) return std::unexpected(std::move(known_now).error());
  auto checks = known.checks_for(events->size());
  auto checked = read(log::Topic::events, *events, [&](log::Partition partition, const log::Record& record) {
    checks[static_cast<std::size_t>(partition)].take(record.offset, record.message);
  });
  if (!checked) return std::unexpected(std::move(checked).error());
  std::vector<log::Offset> ends;
  for (const auto& bounds : *events) ends.push_back(bounds.stable);
  finish_all(checks, ends);
  return checks;
}

void finish_all(std::vector<ChainCheck>& checks, const std::vector<log::Offset>& ends) {
  for (std::size_t i = 0; i < checks.size(); ++i) checks[i].finish(i < ends.size() ? ends[i] : 0);
}

}  // namespace casetrail::evidence
