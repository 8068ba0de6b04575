// What is committed in the log, as the oracle reads it: headers and offsets, nothing of the engine.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/wire/outcome.h"
#include "tests/support/memory_log.h"

namespace casetrail::simulation {

struct SentCommand {
  log::Offset offset;
  std::string id;      ///< `ce_id`
  std::string source;  ///< `ce_source`
  std::string key;     ///< the case
  std::string body;    ///< type and value
  std::optional<std::int64_t> expected_seq;
};

struct RecordedEvent {
  log::Offset offset;
  std::string case_id;
  std::string type;
  std::int64_t seq;
  std::string command_id;
  log::Offset command_offset;  ///< -1: none
  std::string actor;
  Timestamp recorded_at;
  const Message* message;
};

struct GivenAnswer {
  log::Offset answers;  ///< the offset of the command
  std::string source;   ///< of the command
  Outcome outcome;
};

/// One partition number over all topics, each list in the order of the log.
struct PartitionLedger {
  std::vector<SentCommand> commands;
  std::vector<RecordedEvent> events;  ///< of casetrail's own, up to `newer`
  std::vector<GivenAnswer> answers;
  std::vector<log::Offset> letters;  ///< the offsets of the commands that are dead letters
  std::deque<Message> opened;        ///< the events that were sealed
  std::optional<log::Offset> newer;  ///< of the first event of a newer version: nobody goes beyond it
};

/// Borrows from `log`. The personal texts of its events are read from `open`, the same log, in which nothing
/// is sealed.
[[nodiscard]] std::vector<PartitionLedger> read_ledger(const MemoryLog& log, log::EventLog& open);

/// `partition:offset`; -1 when it is none of this partition.
[[nodiscard]] log::Offset offset_in(std::string_view token, log::Partition partition);

}  // namespace casetrail::simulation
