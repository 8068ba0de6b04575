// One record is read alone; outcomes are read in stretches, the newest first.
#include "workers/api/kept_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "events/wire/reflect.h"

namespace casetrail::api {
namespace {

/// How long the log may take to hand over a record that it holds.
constexpr Duration kKeptRecordWait{2'000};
constexpr std::size_t kOutcomesAtOnce = 1'000;
constexpr log::Offset kStretch = 20'000;
constexpr auto kSearchTime = std::chrono::seconds{10};
constexpr auto kTypesTime = std::chrono::seconds{5};

std::string place_text(log::Topic topic, PlaceInLog at) {
  return fmt::format("offset {} of {}/{}", at.offset, name_of(topic), at.partition);
}

log::LogError away(std::string what) { return {log::LogFailure::unavailable, std::move(what)}; }

/// Reads single records of a topic.
class RecordReader {
 public:
  RecordReader(log::EventLog& log, log::Topic topic)
      : log_(log), topic_(topic), reader_(log.open_reader(topic)) {}

  /// `take(message)` of the record at `at`; false when it is not there.
  template <class Take>
  log::LogResult<bool> read(PlaceInLog at, const Take& take) {
    const auto bounds = log_.bounds(topic_, at.partition);
    if (!bounds) return std::unexpected(bounds.error());
    if (at.offset < bounds->low || at.offset >= bounds->high) return false;
    if (auto started = reader_->start(at.partition, at.offset); !started)
      return std::unexpected(started.error());
    const auto records = reader_->read(1, kKeptRecordWait);
    if (!records) return std::unexpected(records.error());
    if (records->empty())
      return std::unexpected(away("The log did not hand over " + place_text(topic_, at) + ". Ask again."));
    if (records->front().offset != at.offset) return false;
    take(records->front().message);
    return true;
  }

 private:
  log::EventLog& log_;
  log::Topic topic_;
  std::unique_ptr<log::Reader> reader_;
};

}  // namespace

log::LogResult<CaseEvent> event_at(log::EventLog& log, PlaceInLog at) {
  CaseEvent event;
  bool is_ours = false;
  const auto found = RecordReader(log, log::Topic::events).read(at, [&](const MessageView& message) {
    is_ours = read_event(message, event).reading == Reading::ours;
  });
  if (!found) return std::unexpected(found.error());
  if (!*found || !is_ours) {
    return std::unexpected(away("Expected an event at " + place_text(log::Topic::events, at) +
                                ", where the history says that it lies, but it is not there."));
  }
  return event;
}

log::LogResult<std::optional<CommandEnvelope>> command_at(log::EventLog& log, PlaceInLog at,
                                                          Timestamp taken_at) {
  std::optional<CommandEnvelope> command;
  const auto found = RecordReader(log, log::Topic::commands).read(at, [&](const MessageView& message) {
    if (auto read = read_command(message)) command = *std::move(read);
  });
  if (!found) return std::unexpected(found.error());
  if (!command) return command;
  command->occurred_at = std::min(command->occurred_at, taken_at);
  command->place = at.offset * log.partitions() + at.partition;
  return command;
}

std::map<log::Offset, std::string> command_types(log::EventLog& log, log::Partition partition,
                                                 const std::set<log::Offset>& events) {
  std::map<log::Offset, std::string> types;
  if (events.empty()) return types;
  const auto until = std::chrono::steady_clock::now() + kTypesTime;
  RecordReader of_events(log, log::Topic::events);
  RecordReader of_commands(log, log::Topic::commands);
  for (const auto offset : events) {
    if (std::chrono::steady_clock::now() > until) break;
    CaseEvent event;
    const auto found = of_events.read({partition, offset}, [&](const MessageView& message) {
      if (read_event(message, event).reading != Reading::ours) event = {};
    });
    if (!found || !*found || event.command_offset < 0) continue;
    (void)of_commands.read({partition, event.command_offset}, [&](const MessageView& message) {
      const auto command = read_command(message);
      if (command && command->id == event.command_id)
        types.emplace(offset, std::string(codec_of(command->command).type));
    });
  }
  return types;
}

log::LogResult<std::optional<KeptOutcome>> last_outcome(log::EventLog& log, log::Partition partition,
                                                        const std::function<bool(const Outcome&)>& is_it) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + kSearchTime;
  const auto bounds = log.bounds(log::Topic::outcomes, partition);
  if (!bounds) return std::unexpected(bounds.error());
  const auto reader = log.open_reader(log::Topic::outcomes);
  std::optional<KeptOutcome> found;
  for (auto end = bounds->stable; end > bounds->low && !found;) {
    const auto begin = std::max(bounds->low, end - kStretch);
    if (auto started = reader->start(partition, begin); !started) return std::unexpected(started.error());
    while (reader->position(partition) < end) {
      if (Clock::now() > until) {
        return std::unexpected(
            away(fmt::format("Expected the command's outcome, but it is not among the newest {} of "
                             "casetrail.outcomes/{}, which "
                             "is as far as one question looks.",
                             bounds->stable - end, partition)));
      }
      const auto records = reader->read(kOutcomesAtOnce, kKeptRecordWait);
      if (!records) return std::unexpected(records.error());
      for (const auto& record : *records) {
        if (record.offset >= end) continue;
        auto outcome = read_outcome(record.message);
        if (!outcome || !is_it(*outcome)) continue;
        found = KeptOutcome{*std::move(outcome), record.message.timestamp, answered_offset(record.message)};
      }
    }
    end = begin;
  }
  return found;
}

}  // namespace casetrail::api
