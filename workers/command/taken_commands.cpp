// Walks back from the end in pieces: markers and records of others may lie behind the last outcome or dead
// letter.
#include "workers/command/taken_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "events/wire/cloud_event.h"
#include "events/wire/letter_fact.h"
#include "events/wire/outcome.h"
#include "events/wire/reflect.h"
#include "events/wire/whole_number.h"
#include "workers/command/open_transaction.h"

namespace casetrail::command {
namespace {

constexpr std::size_t kOutcomesAtOnce = 100;
/// Of one read. A marker that is passed over ends no wait, so it is short; so many in vain are a failure.
constexpr Duration kReadWait{20};
constexpr int kMostInVain = 500;
/// Offsets of the first piece, and how much longer each further one is.
constexpr log::Offset kFirstPiece = 16;
constexpr log::Offset kLonger = 16;

/// Reads what was committed from `from` up to `end`, which is not beyond the stable end.
template <class OnRecord>
log::LogResult<void> read_all(log::EventLog& log, log::Topic topic, log::Partition partition,
                              log::Offset from, log::Offset end, const OnRecord& on_record) {
  const auto reader = log.open_reader(topic);
  if (auto started = reader->start(partition, from); !started) return started;
  for (int in_vain = 0; reader->position(partition) < end;) {
    const auto before = reader->position(partition);
    const auto records = reader->read(kOutcomesAtOnce, kReadWait);
    if (!records) return std::unexpected<log::LogError>(records.error());
    for (const auto& record : *records) {
      if (record.offset < end) on_record(record);
    }
    in_vain = reader->position(partition) == before ? in_vain + 1 : 0;
    if (in_vain == kMostInVain) {
      return std::unexpected(log::LogError{
          log::LogFailure::unavailable,
          fmt::format("The log did not hand over offset {} of {}/{}. Check the brokers; it is asked again.",
                      before, name_of(topic), partition)});
    }
  }
  return {};
}

using OfRecord = std::function<std::optional<TakenCommand>(const MessageView&)>;

/// Of the last record below `end` that `of` makes something of.
log::LogResult<std::optional<TakenCommand>> last_in(log::EventLog& log, log::Topic topic,
                                                    log::Partition partition, log::Offset low,
                                                    log::Offset end, const OfRecord& of) {
  std::optional<TakenCommand> last;
  for (auto piece = kFirstPiece;; piece *= kLonger) {
    const auto from = std::max(low, end - piece);
    auto read = read_all(log, topic, partition, from, end, [&](const log::Record& record) {
      if (auto taken = of(record.message)) last = std::move(taken);
    });
    if (!read) return std::unexpected(std::move(read.error()));
    if (last || from == low) return last;
  }
}

std::optional<TakenCommand> of_outcome(const MessageView& outcome) {
  const auto answered = answered_offset(outcome);
  const auto id = outcome.header("ce_causationid");
  if (!answered || !id || !outcome.header(kWriterHeader)) return std::nullopt;
  return TakenCommand{*answered, CommandId{std::string(*id)},
                      std::string(outcome.header(kCommandSourceHeader).value_or(""))};
}

/// What became of a dead letter lies among them and names none.
std::optional<TakenCommand> of_letter(const MessageView& letter) {
  const auto number = [&](std::string_view name) {
    const auto text = letter.header(std::string(kLetterHeaders).append(name));
    return text ? whole_number<std::int64_t>(*text) : std::nullopt;
  };
  const auto offset = number("offset");
  const auto at = number("timestamp");
  if (!offset || !at) return std::nullopt;
  return TakenCommand{*offset, {}, {}, from_epoch_ms(*at)};
}

}  // namespace

log::LogResult<std::optional<TakenCommand>> last_answered(log::EventLog& log, log::Partition partition) {
  const auto bounds = log.bounds(log::Topic::outcomes, partition);
  if (!bounds) return std::unexpected(bounds.error());
  if (bounds->stable < bounds->high) {
    return std::unexpected(log::LogError{log::LogFailure::unavailable,
                                         held_by_transaction(log::Topic::outcomes, partition, *bounds)});
  }
  return last_in(log, log::Topic::outcomes, partition, bounds->low, bounds->high, of_outcome);
}

log::LogResult<std::optional<TakenCommand>> last_buried(log::EventLog& log, log::Partition partition) {
  const auto bounds = log.bounds(log::Topic::deadletters, partition);
  if (!bounds) return std::unexpected(bounds.error());
  return last_in(log, log::Topic::deadletters, partition, bounds->low, bounds->stable, of_letter);
}

log::LogResult<std::optional<TakenCommand>> command_at(log::EventLog& log, log::Partition partition,
                                                       log::Offset offset) {
  std::optional<TakenCommand> found;
  auto read =
      read_all(log, log::Topic::commands, partition, offset, offset + 1, [&](const log::Record& record) {
        found = TakenCommand{record.offset, {}, {}, record.message.timestamp};
        const auto cloud = read_cloud_event(record.message);
        if (!cloud) return;
        found->id.value = cloud->id;
        found->source = cloud->source.empty() ? kSource : cloud->source;
      });
  if (!read) return std::unexpected(std::move(read.error()));
  return found;
}

log::LogResult<std::optional<log::Offset>> first_command_in(log::EventLog& log, log::Partition partition,
                                                            log::Offset from, log::Offset end) {
  std::optional<log::Offset> first;
  for (auto at = from; at < end && !first; at += kFirstPiece) {
    auto read = read_all(log, log::Topic::commands, partition, at, std::min(at + kFirstPiece, end),
                         [&](const log::Record& record) { first = first.value_or(record.offset); });
    if (!read) return std::unexpected(std::move(read.error()));
  }
  return first;
}

}  // namespace casetrail::command
