// Reads and polls with patience.
#include "tests/support/kafka_reading.h"

#include <stdexcept>

#include "tests/support/must.h"

namespace casetrail {

using Clock = std::chrono::steady_clock;

log::Bounds settled_bounds(log::EventLog& log, log::Topic topic, log::Partition partition,
                           Duration patience) {
  const auto deadline = Clock::now() + patience;
  auto bounds = must(log.bounds(topic, partition));
  while (bounds.stable < bounds.high && Clock::now() < deadline) {
    std::this_thread::sleep_for(Duration{20});
    bounds = must(log.bounds(topic, partition));
  }
  return bounds;
}

std::vector<std::string> committed_values(log::EventLog& log, log::Topic topic, log::Partition partition) {
  const auto bounds = settled_bounds(log, topic, partition, std::chrono::seconds(2));
  auto reader = log.open_reader(topic);
  must(reader->start(partition, bounds.low));
  std::vector<std::string> values;
  const auto deadline = Clock::now() + kPatience;
  while (reader->position(partition) < bounds.stable) {
    if (Clock::now() > deadline) throw std::runtime_error("The partition does not end.");
    const auto records = must(reader->read(1000, Duration{20}));
    for (const log::Record& record : records) values.emplace_back(record.message.value);
  }
  return values;
}

std::optional<log::Membership::Change> next_change(log::Membership& member) {
  std::optional<log::Membership::Change> change;
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!change && std::chrono::steady_clock::now() < deadline) change = must(member.poll(Duration{50}));
  return change;
}

std::vector<log::Partition> poll_until_assigned(log::Membership& member, std::size_t count) {
  std::vector<log::Partition> held;
  const auto deadline = Clock::now() + kPatience;
  while (held.size() != count && Clock::now() < deadline) {
    const auto change = must(member.poll(Duration{20}));
    if (!change) continue;
    member.acknowledge(*change);
    held = change->kind == log::Membership::ChangeKind::assigned ? change->partitions
                                                                 : std::vector<log::Partition>{};
  }
  return held;
}

ControlThread::ControlThread(log::Membership& member)
    : thread_([&member](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
          const auto change = must(member.poll(Duration{50}));
          if (change) member.acknowledge(*change);
        }
      }) {}

}  // namespace casetrail
