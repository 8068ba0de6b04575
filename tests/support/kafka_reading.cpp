// Reads and polls with patience.
#include "tests/support/kafka_reading.h"

#include <stdexcept>

namespace casetrail {

using Clock = std::chrono::steady_clock;

std::vector<std::string> committed_values(EventLog& log, Topic topic, Partition partition) {
  const auto bounds = log.bounds(topic, partition).value();
  auto reader = log.open_reader(topic);
  reader->start(partition, bounds.low).value();
  std::vector<std::string> values;
  const auto deadline = Clock::now() + kPatience;
  while (reader->position(partition) < bounds.stable) {
    if (Clock::now() > deadline) throw std::runtime_error("The partition does not end.");
    const auto records = reader->read(1000, Duration{20}).value();
    for (const Record& record : records) values.emplace_back(record.message.value);
  }
  return values;
}

std::vector<Partition> poll_until_assigned(Membership& member, std::size_t count) {
  std::vector<Partition> held;
  const auto deadline = Clock::now() + kPatience;
  while (held.size() != count && Clock::now() < deadline) {
    const auto change = member.poll(Duration{20}).value();
    if (!change) continue;
    member.acknowledge(*change);
    held = change->kind == Membership::ChangeKind::assigned ? change->partitions : std::vector<Partition>{};
  }
  return held;
}

}  // namespace casetrail
