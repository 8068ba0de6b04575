// Does the process stay below its ceiling while it takes in a long log, or another system's history?
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <semaphore>
#include <sstream>
#include <stdexcept>

#include "tests/bench/case_copies.h"
#include "tests/bench/rows.h"
#include "tests/bench/serving.h"
#include "tests/support/program.h"
#include "workers/log/partition.h"

namespace casetrail::bench {
namespace {

void lay_events(log::EventLog& log, std::size_t events) {
  constexpr std::ptrdiff_t kInFlight = 16'384;
  CaseCopies copies;
  std::counting_semaphore<> room(kInFlight);
  std::atomic<std::size_t> failed = 0;
  std::size_t laid = 0;
  for (std::size_t number = 1; laid < events; ++number) {
    copies.set_case(number);
    for (std::size_t i = 0; i < copies.events(); ++i, ++laid) {
      const auto event = copies.event(i);
      Message message{std::string(event.key.value_or("")), std::string(event.value), {}, event.timestamp};
      for (const auto& [name, value] : event.headers) message.headers.add(name, value);
      const auto partition = log::partition_of(message.key, log.partitions());
      room.acquire();
      log.append(log::Topic::events, partition, std::move(message),
                 [&](const log::LogResult<log::Offset>& offset) {
                   if (!offset) ++failed;
                   room.release();
                 });
    }
  }
  for (std::ptrdiff_t i = 0; i < kInFlight; ++i) room.acquire();
  if (failed > 0) throw std::runtime_error("Some events could not be appended.");
}

Serving serving_under(const Home& home, std::size_t ceiling_mib) {
  auto options = home.options;
  options.insert(options.end(), {"--memory", std::to_string(ceiling_mib)});
  return {home.data, std::move(options)};
}

/// Waits until `serving` has everything, ends it, and returns its peak.
double peak_below(Serving& serving, std::size_t ceiling_mib) {
  serving.wait_until_caught_up(std::chrono::seconds(1'200));
  const auto peak = serving.peak_mib();
  serving.stop();
  if (peak > static_cast<double>(ceiling_mib)) {
    throw std::runtime_error(fmt::format(
        "Expected the server to stay below --memory {}, but it took {:.0f} MiB.", ceiling_mib, peak));
  }
  return peak;
}

/// Writes the updates of `cases` incidents to `file`, each like the first one of the sample; returns how
/// many.
std::size_t write_incidents(const std::filesystem::path& file, std::size_t cases) {
  static constexpr std::string_view kFirst = "9000001";
  std::istringstream sample(text_of("tests/workers/import/samples/incidents.csv"));
  std::ofstream out(file);
  std::string line;
  std::getline(sample, line);
  out << line << '\n';
  std::vector<std::string> updates;
  while (std::getline(sample, line) && line.starts_with(kFirst))
    updates.push_back(line.substr(kFirst.size()));
  for (std::size_t number = 0; number < cases; ++number) {
    for (const auto& update : updates) out << 1'000'000 + number << update << '\n';
  }
  if (!out.flush()) throw std::runtime_error("Expected room for " + file.string() + ".");
  return cases * updates.size();
}

}  // namespace

Figures memory_rows(std::unique_ptr<log::EventLog> log, const Home& home, std::size_t events,
                    std::size_t ceiling_mib) {
  lay_events(*log, events);
  log.reset();
  auto serving = serving_under(home, ceiling_mib);
  serving.start();
  const auto peak = peak_below(serving, ceiling_mib);
  return {
      {"memory.replay." + home.name, home.name + ": memory, a replay", peak, "MiB",
       fmt::format("peak under --memory {}: {} events taken in from nothing by commands, boards and history",
                   ceiling_mib, events)}};
}

Figures import_rows(const Home& home, std::size_t cases, std::size_t ceiling_mib) {
  auto serving = serving_under(home, ceiling_mib);
  serving.start();
  serving.wait_until_ready(std::chrono::seconds(60));
  const auto file = home.data / "incidents.csv";
  const auto rows = write_incidents(file, cases);
  const auto begun = std::chrono::steady_clock::now();
  const auto imported =
      test::run_program({CASETRAIL_BINARY, "import", "csv", file.string(), "--mapping",
                         std::string(CASETRAIL_REPOSITORY) + "/deploy/mappings/servicenow-incidents.yaml",
                         "--data", home.data.string()});
  if (imported.exit_code != 0) throw std::runtime_error("The import failed: " + imported.err);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  const auto peak = peak_below(serving, ceiling_mib);
  const auto note =
      fmt::format("{} rows of {} cases into a server under --memory {}", rows, cases, ceiling_mib);
  return {{"import." + home.name, home.name + ": CSV import", static_cast<double>(rows) / took.count(),
           "rows/s", note},
          {"memory.import." + home.name, home.name + ": memory, an import", peak, "MiB", "peak: " + note}};
}

}  // namespace casetrail::bench
