// Where a process may be killed: moments at the ports, by name. Known to test binaries alone.
#pragma once

#include <array>
#include <string_view>

#include "events/wire/reflect.h"

namespace casetrail::crash {

enum class CrashPoint {
  after_append,             ///< a command is durable, its sender does not know
  before_commit,            ///< a batch is decided, nothing of it is in the log
  after_commit,             ///< it is in the log, the state has not moved
  before_snapshot_batch,    ///< it is in the log, the command store has nothing of it
  after_snapshot_batch,     ///< it is in the store's memory, not on the disk
  before_checkpoint,        ///< of a command store
  after_checkpoint,         ///< of a command store
  before_view_checkpoint,   ///< the rows of a view are in its store's memory, not on the disk
  between_rows_and_offset,  ///< the rows of a view are on the disk, the group's offset is behind them
  inside_rebuild,           ///< the copy has some of its rows
  before_switch,            ///< the copy is whole and compared, the pointer names the old one
  after_switch,             ///< the pointer names the copy, the process works with the old one
};
constexpr auto enum_names(CrashPoint) {
  return std::to_array<std::string_view>(
      {"after_append", "before_commit", "after_commit", "before_snapshot_batch", "after_snapshot_batch",
       "before_checkpoint", "after_checkpoint", "before_view_checkpoint", "between_rows_and_offset",
       "inside_rebuild", "before_switch", "after_switch"});
}

}  // namespace casetrail::crash
