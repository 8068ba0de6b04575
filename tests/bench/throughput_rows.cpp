// A simulated day is laid into the log; then each role is measured alone, by what it has behind it.
#include <fmt/format.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "tests/bench/rows.h"
#include "tests/support/must.h"
#include "workers/api/wall_clock.h"
#include "workers/command/policy_book.h"
#include "workers/node/fold_rate.h"
#include "workers/node/roles.h"
#include "workers/simulate/append_day.h"

namespace casetrail::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMemoryOfThroughput = std::size_t{1} << 30;
constexpr std::size_t kThreads = 2;
constexpr auto kLook = std::chrono::milliseconds(1);

/// How fast a count rose, between the first time that it was not zero and the time when it was `whole`.
template <class Count>
double rate_of(Count count, std::uint64_t whole, const std::string& what) {
  std::uint64_t first = 0;
  Clock::time_point begun;
  Clock::time_point moved = Clock::now();
  for (std::uint64_t last = 0; last < whole;) {
    const auto now = count();
    if (first == 0 && now > 0) {
      first = now;
      begun = Clock::now();
    }
    if (now != last) moved = Clock::now();
    if (Clock::now() - moved > std::chrono::seconds(60))
      throw std::runtime_error(
          fmt::format("{}: expected {} to be taken, but it stays at {}.", what, whole, now));
    last = now;
    if (last < whole) std::this_thread::sleep_for(kLook);
  }
  const auto seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  return static_cast<double>(whole - first) / seconds;
}

std::uint64_t taken(const command::CommandMetrics& metrics) {
  return metrics.accepted.value() + metrics.rejected.value() + metrics.repeated.value() +
         metrics.dead_letters.value();
}

struct Decided {
  double rate;
  std::uint64_t events;
  std::uint64_t rejected;
};

Decided decide_all(log::EventLog& log, const std::filesystem::path& data, std::uint64_t commands) {
  storage::StorageMemory memory(kMemoryOfThroughput);
  auto membership = must(log.join(std::string(log::kCommandGroup), log::Topic::commands, "bench"));
  const node::CommandRole role(log, std::move(membership), data, memory, kThreads, {});
  const auto& metrics = role.metrics();
  const auto rate = rate_of([&] { return taken(metrics); }, commands, "commands");
  return {rate, metrics.events.value(), metrics.rejected.value()};
}

node::FoldRate fold_all(log::EventLog& log, const std::filesystem::path& data) {
  const auto folded = node::measure_boards(log, data, kMemoryOfThroughput, kThreads);
  if (!folded) throw std::runtime_error(folded.error());
  return *folded;
}

Figure boards_figure(const std::string& name, const node::FoldRate& folded) {
  return {"boards." + name, name + ": all boards", folded.events_per_second, "events/s",
          fmt::format("{} events, workers in process, {} threads", folded.events, kThreads)};
}

std::vector<simulate::TimedCommand> day_of(std::size_t cases, const std::string& yaml) {
  const auto policy = parse_policy(yaml);
  if (!policy) throw std::runtime_error(policy.error().sentence);
  return simulate::simulate_day({.seed = 7, .cases = cases, .until = api::wall_clock()}, *policy);
}

}  // namespace

Figure boards_row(log::EventLog& log, const std::string& name, const std::filesystem::path& data) {
  return boards_figure(name, fold_all(log, data));
}

Figures throughput_rows(log::EventLog& log, const std::string& name, const std::filesystem::path& data,
                        std::size_t cases) {
  const auto yaml = text_of("deploy/policy/example.yaml");
  (void)must(command::publish_policy(log, yaml));
  const auto day = day_of(cases, yaml);
  const auto begun = Clock::now();
  must(simulate::append_day(log, day, [](std::size_t) {}));
  const auto appending = std::chrono::duration<double>(Clock::now() - begun).count();
  const auto commands = static_cast<std::uint64_t>(day.size());
  const auto decided = decide_all(log, data, commands);
  const auto folded = fold_all(log, data);
  // More than that: the wall clock went on firing timers.
  if (folded.events < decided.events) {
    throw std::runtime_error(
        fmt::format("{} events were recorded, but the boards took {}.", decided.events, folded.events));
  }
  const auto note = fmt::format("{} cases, workers in process, {} threads", cases, kThreads);
  return {
      {"append." + name, name + ": commands appended", static_cast<double>(commands) / appending,
       "commands/s", "one thread appends"},
      {"commands." + name, name + ": commands decided, exactly once", decided.rate, "commands/s",
       fmt::format("{} commands, {} events, {} refused, {}", commands, decided.events, decided.rejected,
                   note)},
      {"count.commands." + name, name + ": commands laid into the log", static_cast<double>(commands),
       "commands", ""},
      {"count.events." + name, name + ": events recorded", static_cast<double>(folded.events), "events", ""},
      boards_figure(name, folded),
  };
}

}  // namespace casetrail::bench
