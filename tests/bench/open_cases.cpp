// Registrations by the million, with many on their way at a time.
#include <atomic>
#include <semaphore>
#include <stdexcept>

#include "tests/bench/rows.h"
#include "workers/api/wall_clock.h"
#include "workers/bench/desk_load.h"
#include "workers/log/partition.h"

namespace casetrail::bench {

void open_cases(log::EventLog& log, std::size_t from, std::size_t until) {
  constexpr std::ptrdiff_t kInFlight = 4'096;
  const DeskLoad load("open", until);
  std::counting_semaphore<> room(kInFlight);
  std::atomic<std::size_t> failed = 0;
  for (std::size_t number = from; number < until; ++number) {
    room.acquire();
    auto message = write_command(load.command(number, api::wall_clock()));
    const auto partition = log::partition_of(message.key, log.partitions());
    log.append(log::Topic::commands, partition, std::move(message),
               [&](const log::LogResult<log::Offset>& offset) {
                 if (!offset) ++failed;
                 room.release();
               });
  }
  for (std::ptrdiff_t i = 0; i < kInFlight; ++i) room.acquire();
  if (failed > 0) throw std::runtime_error("Some registrations could not be appended.");
}

}  // namespace casetrail::bench
