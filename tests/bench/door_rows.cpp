// Clients of the release binary: one after the other, many at once, at half of what that gave, and after a
// kill.
#include <fmt/format.h>

#include <mutex>
#include <stdexcept>
#include <thread>

#include "events/wire/json_reader.h"
#include "events/wire/outcome.h"
#include "tests/bench/door.h"
#include "tests/bench/rows.h"
#include "tests/bench/serving.h"
#include "workers/api/wall_clock.h"
#include "workers/bench/command_load.h"

namespace casetrail::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kOpenCases = 5'000;
constexpr auto kPatience = std::chrono::seconds(20);

/// The token of an accepted command. Throws when it is anything else.
std::string accepted(const std::expected<http::HttpResponse, std::string>& answer) {
  if (!answer) throw std::runtime_error(answer.error());
  Outcome outcome;
  if (answer->status / 100 != 2 || from_json(answer->body, outcome))
    throw std::runtime_error("A command of the load was refused: " + answer->body);
  return outcome.token;
}

/// Sends one command after the other and waits for the boards to show it, while others work at `rate`.
Latencies watch_boards(const http::HttpAddress& address, Tickets& tickets, std::size_t times) {
  const auto client = http::HttpClient::to(address);
  Latencies shown;
  for (std::size_t i = 0; i < times; ++i) {
    const auto request = tickets.request(tickets.take());
    const auto begun = Clock::now();
    const auto token = accepted(client->ask(request, kPatience));
    // All boards of a worker show the same moment, and this one has no rows to render.
    const auto board = client->ask({"GET", "/v1/boards/review?limit=1&token=" + token, {}, {}}, kPatience);
    if (!board || board->status != 200) throw std::runtime_error("A board did not come to show a command.");
    shown.add(Clock::now() - begun);
  }
  return shown;
}

void add_percentiles(const std::string& row, const std::string& title, Latencies& took,
                     const std::string& note, Figures& into) {
  into.push_back({row + ".p50", title + ", p50", took.percentile(0.5), "ms", note});
  into.push_back({row + ".p99", title + ", p99", took.percentile(0.99), "ms", note});
}

}  // namespace

Tickets::Tickets(std::string run) : load_(std::move(run), kOpenCases) {}

http::HttpRequest Tickets::request(std::size_t number) const {
  return post_of(load_.command(number, api::wall_clock()));
}

Round send(const http::HttpAddress& address, Tickets& tickets, std::size_t clients, std::size_t commands,
           double rate) {
  Round round;
  std::mutex mutex;
  std::string failure;
  std::atomic<std::size_t> sent{0};
  const auto begun = Clock::now();
  {
    std::vector<std::jthread> threads;
    threads.reserve(clients);
    for (std::size_t i = 0; i < clients; ++i) {
      threads.emplace_back([&] {
        const auto client = http::HttpClient::to(address);
        Latencies took;
        try {
          for (std::size_t turn = sent++; turn < commands; turn = sent++) {
            const auto request = tickets.request(tickets.take());
            auto due = Clock::now();
            if (rate > 0) {
              due = begun + std::chrono::duration_cast<Clock::duration>(
                                std::chrono::duration<double>(static_cast<double>(turn) / rate));
              std::this_thread::sleep_until(due);
            }
            (void)accepted(client->ask(request, kPatience));
            took.add(Clock::now() - due);
          }
        } catch (const std::exception& error) {
          const std::scoped_lock lock(mutex);
          failure = error.what();
          sent = commands;
        }
        const std::scoped_lock lock(mutex);
        round.took.add(took);
      });
    }
  }
  if (!failure.empty()) throw std::runtime_error(failure);
  round.rate = static_cast<double>(commands) / std::chrono::duration<double>(Clock::now() - begun).count();
  return round;
}

Figures door_rows(const Home& home, const DoorPlan& plan) {
  const auto& name = home.name;
  Serving serving(home.data, home.options);
  serving.start();
  serving.wait_until_ready(std::chrono::seconds(60));
  const auto& address = serving.address();
  Tickets tickets(fmt::format("door-{}", epoch_ms(api::wall_clock())));
  Figures figures;

  (void)send(address, tickets, 1, plan.alone / 4 + 1, 0);
  auto alone = send(address, tickets, 1, plan.alone, 0);
  add_percentiles(
      "alone." + name, name + ": one command at a time", alone.took,
      fmt::format("{} commands over HTTP, one connection, each waits for its outcome", plan.alone), figures);
  auto full = send(address, tickets, plan.clients, plan.commands, 0);
  const auto many = fmt::format("{} commands over HTTP, {} connections", plan.commands, plan.clients);
  figures.push_back(
      {"door." + name, name + ": commands answered, many clients", full.rate, "commands/s", many});
  add_percentiles("saturated." + name, name + ": answer at saturation", full.took, many, figures);

  std::jthread background;
  Round half;
  Latencies shown;
  {
    std::exception_ptr failed;
    background = std::jthread([&] {
      try {
        half = send(address, tickets, plan.clients, plan.commands / 2, full.rate / 2);
      } catch (...) {
        failed = std::current_exception();
      }
    });
    shown = watch_boards(address, tickets, plan.shown);
    background.join();
    if (failed) std::rethrow_exception(failed);
  }
  add_percentiles("half." + name, name + ": answer at half load", half.took,
                  fmt::format("{:.0f} commands/s over HTTP", half.rate), figures);
  add_percentiles(
      "fresh." + name, name + ": command to board at half load", shown,
      fmt::format("from sending a command to a board that shows it, {} times, under {:.0f} commands/s",
                  plan.shown, half.rate),
      figures);
  figures.push_back(
      {"memory." + name, name + ": memory", serving.peak_mib(), "MiB", "peak of the server in these rows"});
  serving.stop();
  return figures;
}

Figures restart_rows(const Home& home, std::size_t open_cases) {
  const auto& name = home.name;
  Serving serving(home.data, home.options);
  serving.start();
  serving.wait_until_caught_up(std::chrono::seconds(600));
  const auto peak = serving.peak_mib();
  serving.kill();

  const DeskLoad load(fmt::format("restart-{}", epoch_ms(api::wall_clock())), 1'000'000);
  const auto begun = Clock::now();
  serving.start();
  const auto client = http::HttpClient::to(serving.address());
  for (std::size_t number = 0;; ++number) {
    const auto answer = client->ask(post_of(load.command(number, api::wall_clock())), kPatience);
    if (answer && answer->status == 201) break;
    if (Clock::now() - begun > std::chrono::seconds(120))
      throw std::runtime_error("Expected a command to be accepted after a restart, but none was for 120 s.");
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  const auto took = std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
  serving.stop();
  return {{fmt::format("restart.{}.{}", name, open_cases), fmt::format("{}: restart after kill -9", name),
           took, "ms", fmt::format("kill -9 to the first accepted command, {} open cases", open_cases)},
          {fmt::format("memory.restart.{}.{}", name, open_cases),
           fmt::format("{}: memory, {} open cases", name, open_cases), peak, "MiB",
           "peak of the server that took all these cases in"}};
}

}  // namespace casetrail::bench
