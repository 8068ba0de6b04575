// One case out of its partition: its events, the chain that they lie in, and the commands that they name.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "events/case/case_event.h"
#include "workers/evidence/known_heads.h"
#include "workers/evidence/record_source.h"

namespace casetrail::evidence {

/// What lies where an event says that its command does.
enum class CommandFound {
  none,   ///< the event is the engine's own, of a clock
  gone,   ///< commands are not kept for so long
  same,   ///< a command of that id, from that sender
  other,  ///< something else, or nothing
};
constexpr auto enum_names(CommandFound) {
  return std::to_array<std::string_view>({"none", "gone", "same", "other"});
}

struct CheckedEvent {
  log::Offset offset = 0;
  std::int64_t seq = 0;
  std::string type = {};
  std::int64_t link = 0;  ///< its number in the chain; 0: it has none
  std::string command_id = {};
  std::string command_source = {};
  log::Offset command_offset = -1;
  CommandFound command = CommandFound::none;
};

struct CheckedCase {
  log::Partition partition = 0;
  log::Offset from = 0;  ///< what was read of the partition
  log::Offset end = 0;
  std::vector<CheckedEvent> events = {};
  std::vector<std::string> problems = {};  ///< a sentence each: of its own events and commands
  ChainCheck chain = {};                   ///< of its whole partition
};

/// Told offsets: how many are done, of how many.
using OnCaseChecked = std::function<void(std::int64_t done, std::int64_t total)>;

/// Of a case that there is not: no events. The heads of its partition that lie in the log are taken into
/// `known` before.
[[nodiscard]] log::LogResult<CheckedCase> check_case(RecordSource& source, const CaseId& case_id,
                                                     KnownHeads& known, const OnCaseChecked& on_progress);

}  // namespace casetrail::evidence
