// The rows of the benchmark: each function measures some of them and returns what it found.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "workers/bench/figure.h"
#include "workers/log/event_log.h"

namespace casetrail::bench {

using Figures = std::vector<Figure>;

/// Of this file below the repository.
[[nodiscard]] std::string text_of(const std::filesystem::path& file);

/// Codec, decide and evolve, and a case of 10,000 events rebuilt: no thread, no disk.
[[nodiscard]] Figures pure_rows(std::size_t cases);

/// Commands decided from a full log, then the three boards from its events, by workers of this process.
/// `name`: `embedded` or `kafka`.
[[nodiscard]] Figures throughput_rows(EventLog& log, const std::string& name,
                                      const std::filesystem::path& data, std::size_t cases);

/// The boards alone, in `data`, from the events that `log` holds.
[[nodiscard]] Figure boards_row(EventLog& log, const std::string& name, const std::filesystem::path& data);

/// What an event costs the boards while the number of cases grows to `most_cases`, measured at 10,000 and at
/// each tenfold of it.
[[nodiscard]] Figures growth_rows(const std::filesystem::path& data, std::size_t most_cases);

struct DoorPlan {
  std::size_t alone = 0;     ///< commands, one after the other
  std::size_t clients = 0;   ///< connections of the rows behind it
  std::size_t commands = 0;  ///< at saturation; half as many at half load
  std::size_t shown = 0;     ///< times that a board is watched, under half load
};

/// Latency and freshness at the HTTP door of the release binary. `options` tell it which log.
[[nodiscard]] Figures door_rows(const std::string& name, const std::filesystem::path& data,
                                const std::vector<std::string>& options, const DoorPlan& plan);

/// Lays the registrations of cases `from` to `until` into the log.
void open_cases(EventLog& log, std::size_t from, std::size_t until);

/// The release binary takes in what the log holds, is killed, and starts again.
[[nodiscard]] Figures restart_rows(const std::string& name, const std::filesystem::path& data,
                                   const std::vector<std::string>& options, std::size_t open_cases);

/// `log` is the embedded one in `data`. Takes `events` generated events in with a server that may take
/// `ceiling_mib` MiB, and fails when it took more.
[[nodiscard]] Figures memory_rows(std::unique_ptr<EventLog> log, const std::filesystem::path& data,
                                  std::size_t events, std::size_t ceiling_mib);

}  // namespace casetrail::bench
