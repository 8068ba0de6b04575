// Does the process stay below its ceiling while it takes in a long log from nothing?
#include <fmt/format.h>

#include <atomic>
#include <semaphore>
#include <stdexcept>

#include "tests/bench/case_copies.h"
#include "tests/bench/rows.h"
#include "tests/bench/serving.h"

namespace casetrail::bench {
namespace {

void lay_events(EventLog& log, std::size_t events) {
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
      const auto partition = partition_of(message.key, log.partitions());
      room.acquire();
      log.append(Topic::events, partition, std::move(message), [&](const LogResult<Offset>& offset) {
        if (!offset) ++failed;
        room.release();
      });
    }
  }
  for (std::ptrdiff_t i = 0; i < kInFlight; ++i) room.acquire();
  if (failed > 0) throw std::runtime_error("Some events could not be appended.");
}

}  // namespace

Figures memory_rows(std::unique_ptr<EventLog> log, const Home& home, std::size_t events,
                    std::size_t ceiling_mib) {
  lay_events(*log, events);
  log.reset();
  auto options = home.options;
  options.insert(options.end(), {"--memory", std::to_string(ceiling_mib)});
  Serving serving(home.data, std::move(options));
  serving.start();
  serving.wait_until_caught_up(std::chrono::seconds(1'200));
  const auto peak = serving.peak_mib();
  serving.stop();
  if (peak > static_cast<double>(ceiling_mib)) {
    throw std::runtime_error(fmt::format(
        "Expected the server to stay below --memory {}, but it took {:.0f} MiB.", ceiling_mib, peak));
  }
  return {
      {"memory.replay." + home.name, home.name + ": memory, a replay", peak, "MiB",
       fmt::format("peak under --memory {}: {} events taken in from nothing by commands, boards and history",
                   ceiling_mib, events)}};
}

}  // namespace casetrail::bench
