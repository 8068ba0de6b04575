// The log of a single machine: in the process, durable on answer, no broker.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "workers/log/event_log.h"

namespace casetrail::embedded {

struct EmbeddedLogOptions {
  enum class Loss { refuse, accept };

  std::filesystem::path folder;
  /// Whether to open a log whose tail, once answered, is gone. Accepted, the rest is kept, and the offsets
  /// that were lost are not given again.
  Loss loss = Loss::refuse;
  /// Shared by its cache, its write buffers, and what waits to be written.
  std::size_t memory_bytes = std::size_t{256} << 20U;
  /// Of the file system: less than this free, and appends are `unavailable` until there is more.
  std::uint64_t disk_reserve_bytes = 0;
  /// What retention goes by; a process that has a clock that does not leap gives it. Called on any thread.
  std::function<Timestamp()> now = [] {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  };
};

/// Offsets of a partition that were answered and are gone.
struct LostOffsets {
  log::Topic topic;
  log::Partition partition;
  log::Offset from;
  log::Offset until;  ///< behind the last
};

struct OpenedLog {
  std::unique_ptr<log::EventLog> log;
  std::vector<LostOffsets> lost;  ///< empty unless loss was accepted
};

/// Opens or creates the log in `folder`; the topics are missing until they are created. One process at a
/// time. The log outlives its readers, writers and memberships, which any thread may use, each by one at a
/// time. A group has one member: whoever joins later takes its place.
[[nodiscard]] log::LogResult<OpenedLog> open_embedded_log(const EmbeddedLogOptions& options);

/// Makes a log in `folder`, which is new, whose commands begin at `commands`, an offset a partition: as if
/// those before them had been taken and retention had come. To be opened as any other.
[[nodiscard]] log::LogResult<void> begin_embedded_log(const std::filesystem::path& folder,
                                                      const std::vector<log::Offset>& commands);

}  // namespace casetrail::embedded
