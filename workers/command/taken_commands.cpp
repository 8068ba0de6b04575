// Walks back from the end in pieces: markers and records of others may lie behind the last outcome.
#include "workers/command/taken_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "events/wire/cloud_event.h"
#include "events/wire/outcome.h"
#include "events/wire/reflect.h"
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

}  // namespace

log::LogResult<std::optional<TakenCommand>> last_answered(log::EventLog& log, log::Partition partition) {
  const auto bounds = log.bounds(log::Topic::outcomes, partition);
  if (!bounds) return std::unexpected(bounds.error());
  if (bounds->stable < bounds->high) {
    return std::unexpected(log::LogError{log::LogFailure::unavailable,
                                         held_by_transaction(log::Topic::outcomes, partition, *bounds)});
  }
  std::optional<TakenCommand> last;
  for (auto piece = kFirstPiece;; piece *= kLonger) {
    const auto from = std::max(bounds->low, bounds->high - piece);
    auto read =
        read_all(log, log::Topic::outcomes, partition, from, bounds->high, [&](const log::Record& record) {
          const auto answered = answered_offset(record.message);
          const auto id = record.message.header("ce_causationid");
          if (!answered || !id || !record.message.header(kWriterHeader)) return;
          last = TakenCommand{*answered, CommandId{std::string(*id)},
                              std::string(record.message.header(kCommandSourceHeader).value_or(""))};
        });
    if (!read) return std::unexpected(std::move(read.error()));
    if (last || from == bounds->low) return last;
  }
}

log::LogResult<std::optional<TakenCommand>> command_at(log::EventLog& log, log::Partition partition,
                                                       log::Offset offset) {
  std::optional<TakenCommand> found;
  auto read =
      read_all(log, log::Topic::commands, partition, offset, offset + 1, [&](const log::Record& record) {
        const auto cloud = read_cloud_event(record.message);
        if (!cloud || cloud->id.empty()) return;
        found = TakenCommand{record.offset, CommandId{std::string(cloud->id)},
                             std::string(cloud->source.empty() ? kSource : cloud->source)};
      });
  if (!read) return std::unexpected(std::move(read.error()));
  return found;
}

}  // namespace casetrail::command
