// A thread a client, each with its own connection to each server.
#include "tests/broker/steady_load.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "events/json_reader.h"
#include "workers/http/client.h"

namespace casetrail {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kClients = 6;
constexpr std::size_t kCases = 4;  ///< of a client
constexpr auto kPause = 10ms;      ///< between two commands of a client
constexpr auto kOneTry = 3s;
constexpr auto kPatience = 90s;
constexpr std::size_t kMore = 5;  ///< answers that show that a client goes on

/// The registration is number 0.
std::string body_of(const std::string& name, std::size_t number) {
  const auto head = fmt::format(
      R"({{"id":"{0}-{1}","actor":"customer:{0}","channel":"api","reference":"{0}",)", name, number);
  if (number == 0) {
    return head + R"("type":"request.register","data":{"kind":"inquiry","channel":"api","external_ref":")" +
           name + R"(","pii":{"name":"客户","contacts":["1"]}}})";
  }
  return head + R"("type":"work.message.receive","data":{"channel":"api","pii":{"text":"still here"}}})";
}

/// Nothing: no answer that can be relied on.
std::optional<Outcome> send(HttpClient& server, const std::string& body) {
  const HttpRequest request{"POST", "/v1/commands", {{"content-type", "application/json"}}, body};
  const auto answer = server.ask(request, kOneTry);
  Outcome outcome;
  if (!answer || answer->status / 100 != 2 || from_json(answer->body, outcome)) return std::nullopt;
  return outcome;
}

}  // namespace

struct SteadyLoad::Client {
  struct Answer {
    Clock::time_point sent;
    Clock::duration took;
  };

  std::string name;
  std::size_t server;  ///< that answered last
  std::vector<Promise> promises{kCases};
  std::vector<Answer> answers;
  std::atomic<Clock::time_point> last_sent{
      Clock::time_point::min()};  ///< of the last command that was answered
  std::atomic<std::size_t> answered{0};
  std::jthread thread;
};

SteadyLoad::SteadyLoad(std::vector<HttpAddress> servers, const std::string& run)
    : servers_(std::move(servers)), run_(run) {
  for (std::size_t i = 0; i < kClients; ++i) {
    auto& client = *clients_.emplace_back(std::make_unique<Client>());
    client.name = fmt::format("{}-{}", run, i);
    client.server = i % servers_.size();
    client.thread = std::jthread([this, &client] { lead(client); });
  }
}

SteadyLoad::~SteadyLoad() {
  over_ = true;
  give_up_ = true;
}

void SteadyLoad::lead(Client& client) {
  std::vector<std::unique_ptr<HttpClient>> connections;
  for (const auto& server : servers_) connections.push_back(HttpClient::to(server));
  for (std::size_t i = 0; !over_; ++i) {
    auto& promise = client.promises[i % kCases];
    const auto body = body_of(fmt::format("{}-{}", client.name, i % kCases), i / kCases);
    const auto sent = Clock::now();
    auto outcome = send(*connections[client.server], body);
    while (!outcome && !give_up_) {
      std::this_thread::sleep_for(20ms);
      client.server = (client.server + 1) % servers_.size();
      outcome = send(*connections[client.server], body);
    }
    if (!outcome) return;
    promise.case_id = outcome->case_id.value;
    promise.outcomes.push_back(*std::move(outcome));
    client.answers.push_back({sent, Clock::now() - sent});
    client.last_sent = sent;
    ++client.answered;
    std::this_thread::sleep_for(kPause);
  }
}

bool SteadyLoad::goes_on() const {
  const auto from = Clock::now();
  return std::ranges::all_of(clients_, [&](const auto& client) {
    const auto until = [&](const auto& holds) {
      while (!holds() && Clock::now() < from + kPatience) std::this_thread::sleep_for(10ms);
      return holds();
    };
    if (!until([&] { return client->last_sent.load() >= from; })) return false;
    const auto before = client->answered.load();
    return until([&] { return client->answered.load() >= before + kMore; });
  });
}

std::vector<Promise> SteadyLoad::end() {
  over_ = true;
  std::vector<Promise> promises;
  for (auto& client : clients_) {
    client->thread.join();
    for (auto& promise : client->promises) {
      if (!promise.outcomes.empty()) promises.push_back(std::move(promise));
    }
  }
  return promises;
}

void SteadyLoad::report_pause(const std::string& fault, Clock::time_point from) const {
  std::vector<double> took;
  for (const auto& client : clients_) {
    for (const auto& answer : client->answers) {
      if (answer.sent + answer.took >= from)
        took.push_back(std::chrono::duration<double, std::milli>(answer.took).count());
    }
  }
  ASSERT_FALSE(took.empty());
  std::ranges::sort(took);
  const auto at = [&](double share) {
    return fmt::format("{:.0f} ms",
                       took[static_cast<std::size_t>(share * static_cast<double>(took.size() - 1))]);
  };
  fmt::print("[ pause    ] {}: p50 {}   p99 {}   max {}   of {} answers\n", fault, at(0.5), at(0.99), at(1),
             took.size());
  testing::Test::RecordProperty("pause_p50", at(0.5));
  testing::Test::RecordProperty("pause_p99", at(0.99));
  testing::Test::RecordProperty("pause_max", at(1));
}

}  // namespace casetrail
