// Reads headers alone, as a reader that knows CloudEvents and nothing of ours.
#include "tests/broker/events_topic.h"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <set>

#include "events/wire/reflect.h"
#include "tests/support/kafka_reading.h"
#include "tests/support/must.h"

namespace casetrail {
namespace {

using Clock = std::chrono::steady_clock;

class Check {
 public:
  void take(const log::Record& record) {
    const std::string id(record.message.header("ce_id").value_or("no id"));
    if (!ids_.insert(id).second) found_.push_back(fmt::format("event {} is there twice", id));
    const auto seq = fmt::format("{:010}", ++seqs_[std::string(record.message.key.value_or(""))]);
    if (record.message.header("ce_sequence").value_or("") != seq)
      found_.push_back(fmt::format("event {} stands where number {} should", id, seq));
  }
  void complain(std::string sentence) { found_.push_back(std::move(sentence)); }
  [[nodiscard]] std::vector<std::string> take_found() { return std::move(found_); }

 private:
  std::set<std::string> ids_;
  std::map<std::string, int> seqs_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> contradictions_in_events(log::EventLog& log) {
  Check check;
  for (log::Partition partition = 0; partition < log.partitions(); ++partition) {
    for (const auto topic : {log::Topic::events, log::Topic::outcomes}) {
      const auto bounds = settled_bounds(log, topic, partition);
      if (bounds.stable < bounds.high)
        check.complain(fmt::format("a transaction hangs over {}/{}", name_of(topic), partition));
    }
    const auto bounds = must(log.bounds(log::Topic::events, partition));
    const auto reader = log.open_reader(log::Topic::events);
    must(reader->start(partition, bounds.low));
    const auto deadline = Clock::now() + kPatience;
    while (reader->position(partition) < bounds.stable && Clock::now() < deadline) {
      const auto records = must(reader->read(1'000, Duration{20}));
      for (const log::Record& record : records) check.take(record);
    }
    if (reader->position(partition) < bounds.stable)
      check.complain(fmt::format("events/{} cannot be read to its end", partition));
  }
  return check.take_found();
}

}  // namespace casetrail
