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

/// Where the engine of a row lives.
struct Home {
  std::string name;  ///< `embedded` or `kafka`
  std::filesystem::path data;
  std::vector<std::string> options;  ///< for `serve`: which log
  std::string brokers;               ///< of Kafka
};

/// Of this file below the repository.
[[nodiscard]] std::string text_of(const std::filesystem::path& file);

/// Codec, decide and evolve, and a case of 10,000 events rebuilt: no thread, no disk.
[[nodiscard]] Figures pure_rows(std::size_t cases);

/// Commands decided from a full log, then the boards from its events, by workers of this process.
/// `name`: `embedded` or `kafka`.
[[nodiscard]] Figures throughput_rows(log::EventLog& log, const std::string& name,
                                      const std::filesystem::path& data, std::size_t cases);

/// The boards alone, in `data`, from the events that `log` holds.
[[nodiscard]] Figure boards_row(log::EventLog& log, const std::string& name,
                                const std::filesystem::path& data);

/// What an event costs the boards while the number of cases grows to `most_cases`, measured at 10,000 and at
/// each tenfold of it.
[[nodiscard]] Figures growth_rows(const std::filesystem::path& data, std::size_t most_cases);

/// A board of the past of `cases` cases: what the distance to a copy that is kept for later costs.
[[nodiscard]] Figures past_rows(const std::filesystem::path& data, std::size_t cases);

struct DoorPlan {
  std::size_t alone = 0;     ///< commands, one after the other
  std::size_t clients = 0;   ///< connections of the rows behind it
  std::size_t commands = 0;  ///< at saturation; half as many at half load
  std::size_t shown = 0;     ///< times that a board is watched, under half load
};

/// Latency and freshness at the HTTP door of the release binary.
[[nodiscard]] Figures door_rows(const Home& home, const DoorPlan& plan);

/// Commands at saturation, in turn with nobody and with `pages` live pages that follow what they do.
[[nodiscard]] Figures live_rows(const Home& home, const DoorPlan& plan, std::size_t pages);

/// Lays the registrations of cases `from` to `until` into the log.
void open_cases(log::EventLog& log, std::size_t from, std::size_t until);

/// The release binary takes in what the log holds, is killed, and starts again.
[[nodiscard]] Figures restart_rows(const Home& home, std::size_t open_cases);

/// Lays `events` generated events into the log of `home`, has the release binary take them in, and fails when
/// it took more memory than `ceiling_mib` MiB. Closes `log`: the embedded one has one owner.
[[nodiscard]] Figures memory_rows(std::unique_ptr<log::EventLog> log, const Home& home, std::size_t events,
                                  std::size_t ceiling_mib);

/// The release binary takes in the CSV export of another system with `cases` cases while it serves, and fails
/// when it took more memory than that.
[[nodiscard]] Figures import_rows(const Home& home, std::size_t cases, std::size_t ceiling_mib);

}  // namespace casetrail::bench
