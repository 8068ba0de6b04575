// Sends commands through the log's own door and measures what becomes of them.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "workers/bench/desk_load.h"
#include "workers/bench/latencies.h"
#include "workers/log/event_log.h"

namespace casetrail::bench {

/// Returns when the views show the command at `offset` of `partition`. Called on a thread of its own.
using WaitUntilShown = std::function<void(log::Partition partition, log::Offset offset)>;

struct LoadPlan {
  std::size_t first = 0;       ///< number of the first command
  std::size_t commands = 0;    ///< how many
  std::size_t in_flight = 0;   ///< unanswered ones at most
  double rate = 0;             ///< a second; 0: the next one as soon as `in_flight` lets it
  WaitUntilShown shown = {};   ///< null: freshness is not measured
  std::size_t show_every = 1;  ///< one in so many commands is waited for
  std::stop_token stop = {};   ///< ends the load early, as a failure
};

struct LoadResult {
  std::size_t accepted = 0;
  std::size_t rejected = 0;
  double seconds = 0;  ///< from the first append to the last outcome
  Latencies answered;  ///< from when the command was due to be sent to its outcome in the log
  Latencies shown;     ///< to its events on the boards
};

/// Appends the commands of `load`, in their order, while somebody decides them. At a rate, a command that is
/// sent late counts from when it was due. An error is a sentence: an append failed, no outcome came for half
/// a minute, or it was told to stop.
[[nodiscard]] std::expected<LoadResult, std::string> run_load(log::EventLog& log, const DeskLoad& load,
                                                              const LoadPlan& plan);

}  // namespace casetrail::bench
