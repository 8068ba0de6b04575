// Pages that are followed while commands are taken: what that costs the commands, and how late the pages
// hear.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <stdexcept>
#include <thread>

#include "events/wire/timestamp.h"
#include "tests/bench/door.h"
#include "tests/bench/rows.h"
#include "tests/bench/serving.h"
#include "tests/support/raw_client.h"
#include "workers/api/wall_clock.h"

namespace casetrail::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kRounds = 4;

/// The boards that the pages of a desk follow, as the console does: each as it opens, and some of its rows
/// alone.
constexpr auto kBoards =
    std::to_array<std::string_view>({"cases", "cases?status=in_progress", "cases?unassigned=true", "handoff",
                                     "handoff?state=pending", "follow_up", "review"});
constexpr std::string_view kEvents = "/v1/events?from=end";

/// Of eight pages, seven follow a board, and one an open case of the load.
std::string followed_by(std::size_t page, std::string_view run) {
  const auto kind = page % (kBoards.size() + 1);
  if (kind == kBoards.size()) return fmt::format("{}&case={}-0-{}", kEvents, run, page);
  const auto board = kBoards[kind];
  const auto filters = std::min(board.find('?'), board.size());
  return fmt::format("/v1/boards/{}/stream?limit=200&changes=1{}{}", board.substr(0, filters),
                     filters < board.size() ? "&" : "", board.substr(std::min(filters + 1, board.size())));
}

/// Follows as a page does, until it leaves.
class Follower {
 public:
  Follower(const http::HttpAddress& address, std::string_view target)
      : client_(address.port), thread_([this](const std::stop_token& stop) { read(stop); }) {
    client_.send(fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\nAccept: text/event-stream\r\n\r\n", target,
                             address.text()));
  }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  void leave() { thread_.request_stop(); }
  /// How long ago each event was recorded when it came; waits until the page has left.
  [[nodiscard]] const Latencies& delays() {
    thread_.join();
    if (bytes_ == 0) throw std::runtime_error("A page that is followed said nothing.");
    return delays_;
  }

 private:
  void read(const std::stop_token& stop) {
    static constexpr std::string_view kRecorded = R"("recordedtime":")";
    do {
      const auto text = client_.read_until("\n\n");
      bytes_ += text.size();
      const auto at = text.find(kRecorded);
      if (at == std::string::npos) continue;
      const auto recorded = parse_timestamp(text.substr(at + kRecorded.size(), 24));
      if (recorded) delays_.add(api::wall_clock() - *recorded);
    } while (!stop.stop_requested() && !client_.closed());
  }

  test::RawClient client_;
  std::atomic<std::size_t> bytes_{0};
  Latencies delays_;
  std::jthread thread_;
};

}  // namespace

Figures live_rows(const Home& home, const DoorPlan& plan, std::size_t pages) {
  Serving serving(home.data, home.options);
  serving.start();
  serving.wait_until_ready(std::chrono::seconds(60));
  const auto& address = serving.address();
  const auto run = fmt::format("live-{}", epoch_ms(api::wall_clock()));
  Tickets tickets(run);
  (void)send(address, tickets, plan.clients, plan.commands / 4 + 1, 0);

  /// How many commands a second are answered, and what each takes of the server's processors until the boards
  /// have it.
  struct Load {
    double rate = 0;
    double cpu_us = 0;
  };
  const auto load = [&](Load& sum) {
    const auto cpu = serving.cpu_seconds();
    sum.rate += send(address, tickets, plan.clients, plan.commands, 0).rate / kRounds;
    serving.wait_until_caught_up(std::chrono::seconds(60));
    sum.cpu_us += (serving.cpu_seconds() - cpu) * 1e6 / static_cast<double>(plan.commands) / kRounds;
  };
  Load alone;
  Load followed;
  double bytes = 0;
  double seconds = 0;
  Latencies delays;
  const auto follow = [&] {
    std::vector<std::unique_ptr<Follower>> all;
    for (std::size_t i = 0; i < pages; ++i)
      all.push_back(std::make_unique<Follower>(address, followed_by(i, run)));
    Follower system(address, fmt::format("{}&type=case.closed", kEvents));
    const auto begun = Clock::now();
    load(followed);
    seconds += std::chrono::duration<double>(Clock::now() - begun).count();
    for (const auto& one : all) bytes += static_cast<double>(one->bytes());
    system.leave();
    for (const auto& one : all) one->leave();
    delays.add(system.delays());
    for (const auto& one : all) delays.add(one->delays());
  };
  serving.wait_until_caught_up(std::chrono::seconds(60));
  // A store that grows makes each command dearer: either comes first as often as the other.
  for (int round = 0; round < kRounds; ++round) {
    if (round % 2 == 0) {
      load(alone);
      follow();
    } else {
      follow();
      load(alone);
    }
  }
  serving.stop();
  const auto& name = home.name;
  const auto row = [&](std::string_view what) { return fmt::format("live.{}.{}", what, name); };
  const auto note = fmt::format(
      "{} pages on {} boards and filters and on open cases, a system that follows closings, {} "
      "connections with commands",
      pages, kBoards.size(), plan.clients);
  return {{row("alone"), name + ": commands answered, nobody follows", alone.rate, "commands/s",
           fmt::format("mean of {}, in turn with the next row", kRounds)},
          {row("followed"), fmt::format("{}: commands answered, {} live pages", name, pages), followed.rate,
           "commands/s", note},
          {row("lost"), name + ": commands lost to live pages", 100 * (1 - followed.rate / alone.rate), "%",
           note},
          {row("cpu.alone"), name + ": the server's processor time a command, nobody follows", alone.cpu_us,
           "us", note},
          {row("cpu.followed"), fmt::format("{}: the same, {} live pages", name, pages), followed.cpu_us,
           "us", "what lies between the two is the server's; the rest of what is lost is the pages' own"},
          {row("bytes"), name + ": a live page", bytes / seconds / static_cast<double>(pages) / 1024, "KiB/s",
           "read by each, while commands are taken"},
          {row("delay.p50"), name + ": event recorded to who follows closings, p50", delays.percentile(0.5),
           "ms", note},
          {row("delay.p99"), name + ": event recorded to who follows closings, p99", delays.percentile(0.99),
           "ms", note}};
}

}  // namespace casetrail::bench
