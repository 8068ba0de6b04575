// The writer knows what it wrote; from a record alone nobody can tell.
#include "workers/command/stranger_events.h"

#include <algorithm>

#include "events/case_event.h"
#include "events/cloud_event.h"

namespace casetrail {
namespace {

constexpr std::size_t kAtOnce = 1'000;
/// How long the log may take to hand over a record that it says it holds.
constexpr Duration kRecordWait{1'000};

std::optional<std::string_view> header_of(const Message& message, std::string_view name) {
  for (const auto& [known, value] : message.headers) {
    if (known == name) return value;
  }
  return std::nullopt;
}

bool is_same(const MessageView& record, const Message& own) {
  return record.key == own.key && record.value == own.value &&
         record.header("ce_id") == header_of(own, "ce_id");
}

Message copy_of(const MessageView& record) {
  Message message{std::string(record.key.value_or("")), std::string(record.value), {}, record.timestamp};
  for (const auto& [name, value] : record.headers) message.headers.add(name, value);
  return message;
}

}  // namespace

LogResult<std::vector<Outgoing>> strangers_among(EventLog& log, Partition partition, OffsetRange range,
                                                 std::span<const Outgoing> own) {
  const auto reader = log.open_reader(Topic::events);
  if (auto started = reader->start(partition, range.first); !started)
    return std::unexpected(std::move(started).error());
  std::vector<Outgoing> strangers;
  CaseEvent read;
  auto mine = own.begin();
  while (reader->position(partition) < range.end) {
    const auto records = reader->read(kAtOnce, kRecordWait);
    if (!records) return std::unexpected(records.error());
    if (records->empty()) break;
    for (const auto& record : *records) {
      if (record.offset >= range.end || !record.message.header(kWriterHeader)) continue;
      mine = std::find_if(mine, own.end(), [](const auto& sent) { return sent.topic == Topic::events; });
      if (mine != own.end() && is_same(record.message, mine->message)) {
        ++mine;
      } else if (read_event(record.message, read).reading != Reading::newer) {
        strangers.push_back({Topic::events, copy_of(record.message)});
      }
    }
  }
  return strangers;
}

}  // namespace casetrail
