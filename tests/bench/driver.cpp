// Measures some rows and prints each as a line of JSON.
#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string_view>

#include "events/wire/json_writer.h"
#include "tests/bench/rows.h"
#include "tests/bench/table.h"
#include "tests/support/must.h"
#include "workers/api/wall_clock.h"
#include "workers/log/embedded/embedded_log.h"
#include "workers/log/kafka/kafka_log.h"

namespace casetrail::bench {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(std::filesystem::path(CASETRAIL_REPOSITORY) / file);
  return {std::istreambuf_iterator<char>(in), {}};
}

namespace {

constexpr log::Partition kPartitions = 8;
constexpr std::string_view kUsage =
    R"(Expected one of these, where LOG is `embedded FOLDER` or `kafka FOLDER BROKERS`:
  bench_driver table FILE
  bench_driver pure CASES
  bench_driver growth FOLDER CASES
  bench_driver past FOLDER CASES
  bench_driver throughput LOG CASES
  bench_driver boards LOG
  bench_driver memory LOG EVENTS MIB
  bench_driver import LOG CASES MIB
  bench_driver door LOG ALONE CLIENTS COMMANDS SHOWN
  bench_driver live LOG CLIENTS COMMANDS PAGES
  bench_driver restart LOG FROM UNTIL
  bench_driver append LOG CASES
)";

std::unique_ptr<log::EventLog> embedded_in(const std::filesystem::path& folder) {
  auto opened = must(embedded::open_embedded_log({.folder = folder / "log"}));
  if (opened.log->partitions() == 0) (void)must(opened.log->create_topics(kPartitions));
  return std::move(opened.log);
}

std::unique_ptr<log::EventLog> kafka_at(const std::string& brokers) {
  kafka::KafkaOptions options;
  options.brokers = brokers;
  auto log = must(kafka::open_kafka_log(std::move(options)));
  if (log->partitions() == 0) (void)must(log->create_topics(kPartitions));
  return log;
}

Home home_in(const std::vector<std::string>& words, std::size_t at) {
  if (words.at(at) == "embedded") return {"embedded", words.at(at + 1), {}, {}};
  return {"kafka", words.at(at + 1), {"--brokers", words.at(at + 2)}, words.at(at + 2)};
}

std::unique_ptr<log::EventLog> log_of(const Home& home) {
  return home.brokers.empty() ? embedded_in(home.data) : kafka_at(home.brokers);
}

/// The numbers at the end of the words.
std::size_t number_at(const std::vector<std::string>& words, std::size_t from_end) {
  return std::stoull(words.at(words.size() - from_end));
}

Figures measure(const std::vector<std::string>& words) {
  const auto& what = words.at(0);
  if (what == "pure") return pure_rows(number_at(words, 1));
  if (what == "growth") return growth_rows(words.at(1), number_at(words, 1));
  if (what == "past") return past_rows(words.at(1), number_at(words, 1));
  const auto home = home_in(words, 1);
  if (what == "throughput") return throughput_rows(*log_of(home), home.name, home.data, number_at(words, 1));
  if (what == "boards") return {boards_row(*log_of(home), home.name, home.data)};
  if (what == "memory") return memory_rows(log_of(home), home, number_at(words, 2), number_at(words, 1));
  if (what == "import") {
    (void)log_of(home);
    return import_rows(home, number_at(words, 2), number_at(words, 1));
  }
  if (what == "door") {
    (void)log_of(home);
    return door_rows(home, {.alone = number_at(words, 4),
                            .clients = number_at(words, 3),
                            .commands = number_at(words, 2),
                            .shown = number_at(words, 1)});
  }
  if (what == "live") {
    (void)log_of(home);
    return live_rows(home, {.clients = number_at(words, 3), .commands = number_at(words, 2)},
                     number_at(words, 1));
  }
  if (what == "restart") {
    open_cases(*log_of(home), number_at(words, 2), number_at(words, 1));
    return restart_rows(home, number_at(words, 1));
  }
  if (what == "append") {
    const auto run = static_cast<std::size_t>(epoch_ms(api::wall_clock()));
    open_cases(*log_of(home), run, run + number_at(words, 1));
    return {};
  }
  throw std::out_of_range(what);
}

}  // namespace
}  // namespace casetrail::bench

int main(int argc, char** argv) {
  // What is measured goes to stdout, and nothing else.
  spdlog::set_default_logger(spdlog::stderr_logger_mt("bench"));
  spdlog::set_level(spdlog::level::warn);
  try {
    if (argc == 3 && std::string_view(argv[1]) == "table") {
      fmt::print("{}", casetrail::bench::table_of(argv[2]));
      return 0;
    }
    for (const auto& figure : casetrail::bench::measure({argv + 1, argv + argc}))
      fmt::print("{}\n", casetrail::to_json(figure));
    return 0;
  } catch (const std::logic_error&) {
    fmt::print(stderr, "{}", casetrail::bench::kUsage);
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench: {}\n", error.what());
    return 1;
  }
}
