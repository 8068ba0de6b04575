// One partition after the other, heads before events.
#include "workers/evidence/check_log.h"

namespace casetrail::evidence {
namespace {

struct Place {
  log::Topic topic;
  log::Partition partition;
  log::Bounds bounds;
};

/// Where heads and events lie, in the order in which they are read.
log::LogResult<std::vector<Place>> places_in(RecordSource& source, log::Partition partitions) {
  std::vector<Place> places;
  for (const auto topic : {log::Topic::evidence, log::Topic::events}) {
    for (log::Partition partition = 0; partition < partitions; ++partition) {
      const auto bounds = source.bounds(topic, partition);
      if (!bounds) return std::unexpected(bounds.error());
      places.push_back({topic, partition, *bounds});
    }
  }
  return places;
}

std::int64_t records_in(const std::vector<Place>& places) {
  std::int64_t total = 0;
  for (const auto& place : places) total += place.bounds.stable - place.bounds.low;
  return total;
}

}  // namespace

log::LogResult<std::vector<ChainCheck>> check_log(RecordSource& source, KnownHeads& known,
                                                  const OnChecked& on_progress) {
  const auto partitions = source.partitions();
  if (!partitions) return std::unexpected(partitions.error());
  const auto places = places_in(source, *partitions);
  if (!places) return std::unexpected(places.error());
  const auto total = records_in(*places);
  std::int64_t done = 0;
  std::vector<ChainCheck> checks;
  std::vector<log::Offset> ends;
  for (const auto& [topic, partition, bounds] : *places) {
    if (topic == log::Topic::events) {
      if (checks.empty()) checks = known.checks_for(static_cast<std::size_t>(*partitions));
      ends.push_back(bounds.stable);
    }
    auto read = source.read(topic, partition, bounds.low, bounds.stable,
                            [&](log::Offset offset, const MessageView& record) {
                              if (topic == log::Topic::evidence)
                                known.take(partition, offset, record);
                              else
                                checks[static_cast<std::size_t>(partition)].take(offset, record);
                              on_progress(done + offset - bounds.low + 1, total);
                            });
    if (!read) return std::unexpected(std::move(read).error());
    done += bounds.stable - bounds.low;
  }
  finish_all(checks, ends);
  return checks;
}

void finish_all(std::vector<ChainCheck>& checks, const std::vector<log::Offset>& ends) {
  for (std::size_t i = 0; i < checks.size(); ++i) checks[i].finish(i < ends.size() ? ends[i] : 0);
}

}  // namespace casetrail::evidence
