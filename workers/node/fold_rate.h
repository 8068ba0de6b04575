// How fast this machine makes boards of what a log holds.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <stop_token>
#include <string>

#include "workers/log/event_log.h"

namespace casetrail::node {

struct FoldRate {
  std::uint64_t events = 0;
  double events_per_second = 0;  ///< from the start of the reader to the last batch that was written
};

/// Folds all events that `log` holds now into the boards, with rows of their own below `data`, on
/// `threads`. An error is a sentence: it failed, or it was told to stop.
[[nodiscard]] std::expected<FoldRate, std::string> measure_boards(log::EventLog& log,
                                                                  const std::filesystem::path& data,
                                                                  std::size_t memory_bytes,
                                                                  std::size_t threads,
                                                                  const std::stop_token& stop = {});

}  // namespace casetrail::node
